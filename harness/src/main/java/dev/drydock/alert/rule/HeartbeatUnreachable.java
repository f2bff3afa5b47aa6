package dev.drydock.alert.rule;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.watch.HeartbeatEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An outside service accepts no pings, and may alert without a reason. Resolved by the first accepted ping. */
@Singleton
class HeartbeatUnreachable implements AlertRule {

    /** Failed pings in a row. */
    private static final int THRESHOLD = 3;

    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final AlertLifecycle alerts;

    HeartbeatUnreachable(AlertLifecycle alerts) {
        this.alerts = alerts;
    }

    @Override
    public String name() {
        return "heartbeat-unreachable";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    void failed(@Observes HeartbeatEvent.Failed event) {
        if (failures.merge(subject(event.agent(), event.service()), 1, Integer::sum) == THRESHOLD) {
            alerts.raise(
                    this,
                    subject(event.agent(), event.service()),
                    event.agent(),
                    new Finding(
                            "%s did not accept %d pings in a row about %s: %s"
                                    .formatted(event.service(), THRESHOLD, event.agent(), event.reason()),
                            "Cycles continue; each sends another ping.",
                            "Check HEALTHCHECKS_PING_URL or BETTERSTACK_HEARTBEAT_URL, and the connection from here."));
        }
    }

    /** The first accepted ping of a process may resolve an alert that another process opened. */
    void sent(@Observes HeartbeatEvent.Sent event) {
        var subject = subject(event.agent(), event.service());
        var before = failures.put(subject, 0);
        if (before == null || before >= THRESHOLD) {
            alerts.clear(this, subject);
        }
    }

    private static String subject(String agent, String service) {
        return agent + " at " + service;
    }
}
