package dev.drydock.alert.rule;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.watch.HeartbeatFailed;
import dev.drydock.watch.HeartbeatSent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A check outside takes no pings, and may call somebody though all is well. Over with the first ping that it takes. */
@Singleton
class HeartbeatUnreachable implements AlertRule {

    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final AlertLifecycle alerts;
    private final int telling;

    HeartbeatUnreachable(AlertLifecycle alerts, DrydockConfig config) {
        this.alerts = alerts;
        this.telling = config.alerts().rules().heartbeatUnreachable();
    }

    @Override
    public String name() {
        return "heartbeat-unreachable";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    void failed(@Observes HeartbeatFailed event) {
        if (failures.merge(subject(event.agent(), event.service()), 1, Integer::sum) == telling) {
            alerts.raise(
                    this,
                    subject(event.agent(), event.service()),
                    event.agent(),
                    new Finding(
                            "%s has not taken %d pings about %s in a row: %s"
                                    .formatted(event.service(), telling, event.agent(), event.reason()),
                            "Cycles go on; each tries to tell.",
                            "its address among the settings, and whether it can be reached from here."));
        }
    }

    /** The first ping of a process may end what another one has begun. */
    void sent(@Observes HeartbeatSent event) {
        var subject = subject(event.agent(), event.service());
        var before = failures.put(subject, 0);
        if (before == null || before >= telling) {
            alerts.clear(this, subject);
        }
    }

    private static String subject(String agent, String service) {
        return agent + " at " + service;
    }
}
