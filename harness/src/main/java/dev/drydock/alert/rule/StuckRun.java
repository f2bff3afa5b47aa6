package dev.drydock.alert.rule;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.Finding;
import dev.drydock.alert.Rule;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.Severity;
import dev.drydock.run.RunEvent.CycleEnded;
import dev.drydock.run.RunEvent.RunStuck;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** A cycle takes far too long. Over when a cycle of the agent has completed. */
@Singleton
class StuckRun implements Rule {

    private final AlertLifecycle book;

    StuckRun(AlertLifecycle book) {
        this.book = book;
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
        book.raise(
                this,
                event.agent(),
                new Finding(
                        "A cycle of %s is stuck: it runs for longer than %s".formatted(event.agent(), event.limit()),
                        "It was interrupted; if it does not end, the process does, with exit code 70.",
                        "the log of run %s: it says where the cycle stands.".formatted(event.runId())));
    }

    void ended(@Observes CycleEnded event) {
        var outcome = event.end().outcome();
        if (outcome == RunOutcome.COMPLETED || outcome == RunOutcome.COMPLETED_WITH_ERRORS) {
            book.clear(this, event.agent());
        }
    }
}
