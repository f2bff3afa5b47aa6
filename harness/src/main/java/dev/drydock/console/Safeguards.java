package dev.drydock.console;

import dev.drydock.agent.Mode;
import dev.drydock.alert.AlertChannels;
import dev.drydock.config.Agents;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Warns at start, in one paragraph, of what agents in live mode should have and do not have. */
@Singleton
class Safeguards {

    private static final Logger LOG = Logger.getLogger(Safeguards.class);

    private final Agents agents;
    private final DrydockConfig config;
    private final AlertChannels channels;

    Safeguards(Agents agents, DrydockConfig config, AlertChannels channels) {
        this.agents = agents;
        this.config = config;
        this.channels = channels;
    }

    void warn() {
        var live = agents.all().stream()
                .filter(agent -> agent.settings().mode() == Mode.LIVE)
                .toList();
        var missing = missing(live);
        if (!live.isEmpty() && !missing.isEmpty()) {
            LOG.warnf(
                    "Live without safeguards: %s. Missing: %s",
                    String.join(", ", live.stream().map(RegisteredAgent::name).toList()), String.join("; ", missing));
        }
    }

    private List<String> missing(List<RegisteredAgent<?, ?>> live) {
        var missing = new ArrayList<String>();
        if (config.budget().dailyUsd().isEmpty()
                && live.stream()
                        .anyMatch(agent -> agent.settings().budgetDailyUsd().isEmpty())) {
            missing.add("a hard stop for the day's spend (DRYDOCK_BUDGET_DAILY_USD)");
        }
        if (channels.all().size() == 1) { // the log
            missing.add("an alert channel besides the log (ALERT_SLACK_WEBHOOK_URL or another of docs/alerts.md)");
        }
        if (live.stream().anyMatch(agent -> !hasHeartbeat(agent.name()))) {
            missing.add("a heartbeat that notices a process that has ended (HEALTHCHECKS_PING_URL or"
                    + " BETTERSTACK_HEARTBEAT_URL)");
        }
        if (config.adminToken().isEmpty()) {
            missing.add("access to the page and the API (DRYDOCK_ADMIN_TOKEN)");
        }
        return missing;
    }

    private boolean hasHeartbeat(String agent) {
        var own = Optional.ofNullable(config.agents().get(agent));
        return config.heartbeat().healthchecksPingUrl().isPresent()
                || config.heartbeat().betterstackHeartbeatUrl().isPresent()
                || own.flatMap(settings -> settings.healthchecksPingUrl()).isPresent()
                || own.flatMap(settings -> settings.betterstackHeartbeatUrl()).isPresent();
    }
}
