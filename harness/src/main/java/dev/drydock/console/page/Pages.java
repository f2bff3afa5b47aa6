package dev.drydock.console.page;

import dev.drydock.config.Agents;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.console.Caller;
import dev.drydock.console.page.Page.AgentMode;
import dev.drydock.console.page.Page.Clock;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Makes the frame of a page for the request at hand. */
@Singleton
class Pages {

    /** Browsers keep the stylesheet and the script as long as this process lives. */
    private final String version;

    private final Agents agents;
    private final DrydockConfig config;
    private final InstantSource clock;
    private final Caller caller;

    @Inject
    HttpHeaders headers;

    @ConfigProperty(name = "quarkus.application.name")
    String project = "";

    Pages(Agents agents, DrydockConfig config, InstantSource clock, Caller caller) {
        this.agents = agents;
        this.config = config;
        this.clock = clock;
        this.caller = caller;
        this.version = Long.toString(clock.millis(), Character.MAX_RADIX);
    }

    /**
     * The frame.
     *
     * @param section null for a page that is in none
     */
    Page page(@Nullable Section section, String title) {
        return new Page(
                project,
                version,
                title,
                section,
                agents.all().stream()
                        .map(agent ->
                                new AgentMode(agent.name(), agent.settings().mode()))
                        .toList(),
                caller.name()
                        .map(name -> caller.mayAct() ? name : name + " (viewer)")
                        .orElse(null),
                caller.formToken(),
                Notice.of(headers),
                new Clock(
                        clock.instant(),
                        agents.all().stream()
                                .collect(Collectors.toMap(
                                        RegisteredAgent::name,
                                        agent -> agent.settings().zone())),
                        config.zone()));
    }

    /** The zone of the process, in which its days begin. */
    ZoneId zone() {
        return config.zone();
    }
}
