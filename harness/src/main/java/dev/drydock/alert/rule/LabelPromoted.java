package dev.drydock.alert.rule;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.judge.FeedbackEvent.LabelMoved;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** A label of the agent earned to go live. Resolved after a day. */
@Singleton
class LabelPromoted implements AlertRule.Expiring {

    private final AlertLifecycle alerts;

    LabelPromoted(AlertLifecycle alerts) {
        this.alerts = alerts;
    }

    @Override
    public String name() {
        return "label-promoted";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public Duration expiresAfter() {
        return Duration.ofDays(1);
    }

    void moved(@Observes LabelMoved event) {
        if (event.live()) {
            alerts.raise(
                    this,
                    event.agent() + " " + event.label(),
                    event.agent(),
                    new Finding(
                            "%s delivers outputs with the label %s by itself from now on: %s"
                                    .formatted(event.agent(), event.label(), event.why()),
                            "It falls back by itself when people agree less, or with one dangerous mistake.",
                            "See what it rests on: /api/agreement?agent=%s.".formatted(event.agent())));
        }
    }
}
