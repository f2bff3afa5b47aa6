package dev.drydock.alert.rule;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.run.RunEvent.DangerousMistake;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The agent made a mistake that its spec calls dangerous. Over when a day has brought no other. */
@Singleton
class DangerousFailure implements AlertRule.Expiring {

    private final AlertLifecycle alerts;

    DangerousFailure(AlertLifecycle alerts) {
        this.alerts = alerts;
    }

    @Override
    public String name() {
        return "dangerous-failure";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public Duration expiresAfter() {
        return Duration.ofDays(1);
    }

    void seen(@Observes DangerousMistake event) {
        alerts.raise(
                this,
                event.agent(),
                new Finding(
                        "%s decided %s where %s was right: a dangerous mistake"
                                .formatted(event.agent(), event.given(), event.right()),
                        "Nothing is stopped, and what was delivered is delivered.",
                        "/api/entries/%s, and whether the agent should wait for a person: DRYDOCK_MODE=review."
                                .formatted(event.entryId())));
    }
}
