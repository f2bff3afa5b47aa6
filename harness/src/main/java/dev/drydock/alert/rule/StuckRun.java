package dev.drydock.alert.rule;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.journal.RunOutcome;
import dev.drydock.outbox.DeliveryEvent;
import dev.drydock.run.RunEvent.CycleEnded;
import dev.drydock.run.RunEvent.RunStuck;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Set;

/** A cycle is stuck, or an agent's deliveries are. Resolved when a cycle of the agent completes. */
@Singleton
class StuckRun implements AlertRule {

    private static final Set<RunOutcome> ENDED =
            EnumSet.of(RunOutcome.COMPLETED, RunOutcome.COMPLETED_WITH_ERRORS, RunOutcome.HOLLOW);

    private final AlertLifecycle alerts;

    StuckRun(AlertLifecycle alerts) {
        this.alerts = alerts;
    }

    @Override
    public String name() {
        return "stuck-run";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    void stuck(@Observes RunStuck event) {
        alerts.raise(
                this,
                event.agent(),
                new Finding(
                        "A cycle of %s is stuck: it has made no progress for %s"
                                .formatted(event.agent(), event.limit()),
                        "It was interrupted. If it does not end, the process exits with code 70.",
                        "Check the log of run %s: it has the stack trace of the cycle.".formatted(event.runId())));
    }

    void stuck(@Observes DeliveryEvent.Stuck event) {
        alerts.raise(
                this,
                event.agent(),
                new Finding(
                        "The deliveries of %s are stuck: they have made no progress for %s"
                                .formatted(event.agent(), event.limit()),
                        "They were interrupted. If they do not end, the process exits with code 70.",
                        "Check the log: it has the stack trace of the call. Add a timeout to it."));
    }

    void ended(@Observes CycleEnded event) {
        if (ENDED.contains(event.result().outcome())) {
            alerts.clear(this, event.agent());
        }
    }
}
