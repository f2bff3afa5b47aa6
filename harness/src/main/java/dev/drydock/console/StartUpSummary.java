package dev.drydock.console;

import static java.util.stream.Collectors.joining;

import dev.drydock.config.Agents;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.connect.FolderSource;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.LaunchMode;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** What a developer needs to know when dev mode has started: address, agents, model, database, inbox. One line each. */
@Singleton
final class StartUpSummary {

    private static final Logger LOG = Logger.getLogger(StartUpSummary.class);

    private final Agents agents;
    private final DrydockConfig drydock;
    private final Config config;
    private final Safeguards safeguards;

    StartUpSummary(Agents agents, DrydockConfig drydock, Config config, Safeguards safeguards) {
        this.agents = agents;
        this.drydock = drydock;
        this.config = config;
        this.safeguards = safeguards;
    }

    /** Logs the lines in dev mode; in production, what agents in live mode lack. */
    void log() {
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            safeguards.warn();
            return;
        }
        LOG.infof("Page:     http://localhost:%s", config.getValue("quarkus.http.port", String.class));
        for (var agent : agents.all()) {
            LOG.infof("Agent:    %s", agent(agent));
        }
        LOG.infof("Model:    %s", model());
        LOG.infof("Database: %s", database());
        if (Arc.container()
                .select(FolderSource.class)
                .isResolvable()) { // the container removes it if no agent injects it
            LOG.infof("Messages: drop a file into %s", inboxes());
        }
    }

    private static String agent(RegisteredAgent<?, ?> agent) {
        var settings = agent.settings();
        var delivers = switch (settings.mode()) {
            case SHADOW -> "delivers nothing";
            case REVIEW -> "delivers what a person approves";
            case LIVE -> "delivers";
        };
        return "%s, %s mode (%s), %s".formatted(agent.name(), settings.mode(), delivers, settings.schedule());
    }

    private String model() {
        var name = drydock.model().name();
        return isSet("OPENAI_API_KEY") || isSet("OPENAI_BASE_URL")
                ? name + " at " + drydock.model().baseUrl()
                : name + ", a small stand-in; for a language model, set OPENAI_API_KEY";
    }

    private String database() {
        var url = config.getValue("quarkus.datasource.jdbc.url", String.class).replaceFirst("[?].*", "");
        return isSet("DATABASE_URL") ? url : url + ", embedded; its data is in .drydock";
    }

    private String inboxes() {
        return drydock.folder().inbox().stream()
                .map(Path::toAbsolutePath)
                .map(Path::toString)
                .collect(joining(" or "));
    }

    private boolean isSet(String setting) {
        return config.getOptionalValue(setting, String.class).isPresent();
    }
}
