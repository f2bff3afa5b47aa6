package dev.drydock.alert.rule;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.run.RunEvent.DangerousMistake;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The agent made a mistake that its spec calls dangerous. Resolved after a day without another. */
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
                        "%s decided %s instead of %s: a dangerous mistake"
                                .formatted(event.agent(), event.given(), event.right()),
                        "None; delivered outputs cannot be recalled.",
                        "Check /api/entries/%s. To let a person approve outputs, set DRYDOCK_MODE=review."
                                .formatted(event.entryId())));
    }
}
