package dev.drydock.alert.rule;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.judge.FeedbackEvent.LabelMoved;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** A label of the agent is no longer live. Resolved after a day. */
@Singleton
class LabelDemoted implements AlertRule.Expiring {

    private final AlertLifecycle alerts;

    LabelDemoted(AlertLifecycle alerts) {
        this.alerts = alerts;
    }

    @Override
    public String name() {
        return "label-demoted";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Duration expiresAfter() {
        return Duration.ofDays(1);
    }

    void moved(@Observes LabelMoved event) {
        if (!event.live()) {
            alerts.raise(
                    this,
                    event.agent() + " " + event.label(),
                    event.agent(),
                    new Finding(
                            "%s no longer delivers outputs with the label %s by itself: %s"
                                    .formatted(event.agent(), event.label(), event.why()),
                            "Its outputs are HELD, also those that wait for their delivery.",
                            "Approve or reject them in /api/entries?agent=%s&state=HELD, and see what changed: prompt, model, inputs."
                                    .formatted(event.agent())));
        }
    }
}
