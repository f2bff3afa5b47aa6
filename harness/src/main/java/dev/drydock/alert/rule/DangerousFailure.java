package dev.drydock.alert.rule;

import static java.util.stream.Collectors.joining;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.judge.FeedbackEvent.DangerousMistake;
import dev.drydock.judge.eval.EvalEvent.DangerousCases;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The agent made a mistake that its spec calls dangerous. Resolved after a day without another. */
@Singleton
class DangerousFailure implements AlertRule.Expiring {

    private static final String REVIEW = "To let a person approve outputs, set DRYDOCK_MODE=review.";
    private static final int MOST_CASES = 10;

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
                        event.given().equals(event.right())
                                ? "%s decided %s, the right label, with a wrong value of %s: a dangerous mistake"
                                        .formatted(event.agent(), event.given(), String.join(", ", event.wrong()))
                                : "%s decided %s instead of %s: a dangerous mistake"
                                        .formatted(event.agent(), event.given(), event.right()),
                        event.delivered()
                                ? "None; delivered outputs cannot be recalled."
                                : "None; this output was not delivered.",
                        "Check /api/entries/%s. %s".formatted(event.entryId(), REVIEW)));
    }

    void seen(@Observes DangerousCases event) {
        alerts.raise(
                this,
                event.agent(),
                new Finding(
                        "%s: %d dangerous failures in an eval with the live model, after %d; new: %s"
                                .formatted(
                                        event.agent(),
                                        event.after(),
                                        event.before(),
                                        event.cases().stream().limit(MOST_CASES).collect(joining(", "))),
                        "None; cycles continue.",
                        "See the cases: ./drydock eval %s --live. %s".formatted(event.agent(), REVIEW)));
    }
}
