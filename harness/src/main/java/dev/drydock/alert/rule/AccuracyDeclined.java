package dev.drydock.alert.rule;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.judge.eval.EvalEvent.AccuracyRegressed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The agent's accuracy fell. Resolved if it does not fall again within eight days. */
@Singleton
class AccuracyDeclined implements AlertRule.Expiring {

    private static final double PERCENT = 100;

    private final AlertLifecycle alerts;

    AccuracyDeclined(AlertLifecycle alerts) {
        this.alerts = alerts;
    }

    @Override
    public String name() {
        return "accuracy-declined";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Duration expiresAfter() {
        return Duration.ofDays(8);
    }

    void regressed(@Observes AccuracyRegressed event) {
        alerts.raise(
                this,
                event.agent(),
                new Finding(
                        "%s: %s fell to %.0f %% of the eval's cases from %.0f %%"
                                .formatted(
                                        event.agent(),
                                        event.metric(),
                                        event.after() * PERCENT,
                                        event.before() * PERCENT),
                        "None; cycles continue.",
                        "See the cases that turned: ./drydock eval %s --live. Then what changed since: prompt, model, inputs."
                                .formatted(event.agent())));
    }
}
