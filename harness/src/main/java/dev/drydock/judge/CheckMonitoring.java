package dev.drydock.judge;

import static dev.drydock.judge.ChecklistLine.fails;
import static dev.drydock.judge.ChecklistLine.holds;
import static dev.drydock.judge.ChecklistLine.unseen;
import static java.util.stream.Collectors.joining;

import dev.drydock.config.AgentSettings;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.CheckFigures;
import dev.drydock.journal.Observations;
import dev.drydock.journal.Observations.Kind;
import dev.drydock.journal.Observations.Observation;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lines about monitoring: an alert counts only if somebody was reached by a channel other than the log. */
@Singleton
class CheckMonitoring {

    private static final Duration RECENT = Duration.ofDays(30);
    private static final Duration HEARTBEAT = Duration.ofDays(2);

    private final CheckFigures figures;
    private final Observations observations;
    private final DrydockConfig config;

    CheckMonitoring(CheckFigures figures, Observations observations, DrydockConfig config) {
        this.figures = figures;
        this.observations = observations;
        this.config = config;
    }

    List<ChecklistLine> lines(Collection<RegisteredAgent<?, ?>> agents, Instant now) {
        var since = now.minus(RECENT);
        var tests = observations.of(Kind.ALERT_TEST).stream()
                .filter(test -> test.seenAt().isAfter(since) && !test.subject().equals("log"))
                .toList();
        var sent = figures.alertsSent(since);
        var lines = new ArrayList<ChecklistLine>();
        lines.add(heartbeat(agents, now));
        lines.add(deadline(agents, alert(ChecklistItem.M2, "output-overdue", tests, sent)));
        lines.add(alert(ChecklistItem.M3, "model-failures", tests, sent));
        lines.add(alert(ChecklistItem.M4, "credentials-lost", tests, sent));
        lines.add(alert(ChecklistItem.M5, "spend-spike", tests, sent));
        lines.add(alert(ChecklistItem.M6, "error-rate", tests, sent));
        return lines;
    }

    private ChecklistLine heartbeat(Collection<RegisteredAgent<?, ?>> agents, Instant now) {
        var without = agents.stream()
                .map(RegisteredAgent::name)
                .filter(agent -> !hasHeartbeat(agent))
                .toList();
        if (!without.isEmpty()) {
            return fails(
                    ChecklistItem.M1,
                    "not configured for " + String.join(", ", without),
                    "Set HEALTHCHECKS_PING_URL or BETTERSTACK_HEARTBEAT_URL: docs/heartbeat.md");
        }
        var silent = agents.stream()
                .map(RegisteredAgent::name)
                .filter(agent -> observations
                        .find(Kind.HEARTBEAT, agent)
                        .filter(ping -> ping.ok() && ping.seenAt().isAfter(now.minus(HEARTBEAT)))
                        .isEmpty())
                .toList();
        return silent.isEmpty()
                ? holds(
                        ChecklistItem.M1,
                        observations.of(Kind.HEARTBEAT).stream()
                                .map(ping -> "%s: %s at %s".formatted(ping.subject(), ping.detail(), ping.seenAt()))
                                .collect(joining("; ")))
                : unseen(
                        ChecklistItem.M1,
                        "none acknowledged within two days for " + String.join(", ", silent),
                        "Run a cycle; if it logs that a ping failed, check the address");
    }

    private boolean hasHeartbeat(String agent) {
        var own = Optional.ofNullable(config.agents().get(agent));
        return config.heartbeat().healthchecksPingUrl().isPresent()
                || config.heartbeat().betterstackHeartbeatUrl().isPresent()
                || own.flatMap(AgentSettings.Overrides::healthchecksPingUrl).isPresent()
                || own.flatMap(AgentSettings.Overrides::betterstackHeartbeatUrl).isPresent();
    }

    private static ChecklistLine deadline(Collection<RegisteredAgent<?, ?>> agents, ChecklistLine channels) {
        var without = agents.stream()
                .filter(agent -> agent.settings().deliverBy().isEmpty())
                .map(RegisteredAgent::name)
                .toList();
        return without.isEmpty()
                ? channels
                : fails(
                        ChecklistItem.M2,
                        "no deadline for " + String.join(", ", without),
                        "Set drydock.agents.%s.deliver-by, such as 07:15 mon-fri".formatted(without.get(0)));
    }

    private static ChecklistLine alert(
            ChecklistItem item, String rule, List<Observation> tests, Map<String, Instant> sent) {
        var refused = tests.stream().filter(test -> !test.ok()).toList();
        if (!refused.isEmpty()) {
            return fails(
                    item,
                    refused.get(0).subject() + " did not take the test alert: "
                            + refused.get(0).detail(),
                    "Correct its settings, then: ./drydock alert-test");
        }
        var real = sent.get(rule);
        if (real != null) {
            return holds(item, "alert %s was taken at %s".formatted(rule, real));
        }
        return tests.isEmpty()
                ? fails(
                        item,
                        "no test alert reached a channel besides the log within 30 days",
                        "Set ALERT_SLACK_WEBHOOK_URL or another channel, then: ./drydock alert-test")
                : holds(
                        item,
                        "rule %s is on; test alert taken by %s at %s"
                                .formatted(
                                        rule,
                                        tests.stream().map(Observation::subject).collect(joining(", ")),
                                        tests.get(0).seenAt()));
    }
}
