package dev.drydock.alert.rule;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.judge.FeedbackEvent.LabelMoved;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** A label of an agent earned to go live, or fell back. Resolved after a day. */
abstract class LabelMove implements AlertRule.Expiring {

    private final AlertLifecycle alerts;

    private LabelMove(AlertLifecycle alerts) {
        this.alerts = alerts;
    }

    @Override
    public Duration expiresAfter() {
        return Duration.ofDays(1);
    }

    void raise(LabelMoved event, Finding finding) {
        alerts.raise(this, event.agent() + " " + event.label(), event.agent(), finding);
    }

    /** It earned to go live. */
    @Singleton
    static class Promoted extends LabelMove {

        Promoted(AlertLifecycle alerts) {
            super(alerts);
        }

        @Override
        public String name() {
            return "label-promoted";
        }

        @Override
        public Severity severity() {
            return Severity.INFO;
        }

        void moved(@Observes LabelMoved event) {
            if (event.live()) {
                raise(
                        event,
                        new Finding(
                                "%s delivers outputs with the label %s by itself from now on: %s"
                                        .formatted(event.agent(), event.label(), event.why()),
                                "It falls back by itself when people agree less, or with one dangerous mistake.",
                                "See what it rests on: /api/agreement?agent=%s.".formatted(event.agent())));
            }
        }
    }

    /** It is no longer live. */
    @Singleton
    static class Demoted extends LabelMove {

        Demoted(AlertLifecycle alerts) {
            super(alerts);
        }

        @Override
        public String name() {
            return "label-demoted";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        void moved(@Observes LabelMoved event) {
            if (!event.live()) {
                raise(
                        event,
                        new Finding(
                                "%s no longer delivers outputs with the label %s by itself: %s"
                                        .formatted(event.agent(), event.label(), event.why()),
                                "Its outputs are HELD, also those that wait for their delivery.",
                                "Approve or reject them in /api/entries?agent=%s&state=HELD, and see what changed: prompt, model, inputs."
                                        .formatted(event.agent())));
            }
        }
    }
}
