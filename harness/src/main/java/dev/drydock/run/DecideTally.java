package dev.drydock.run;

import dev.drydock.journal.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * The totals of the decide step.
 *
 * @param waiting entries that the model's rate limit left to the next cycle
 * @param inBatch entries that wait for the answers of a batch
 * @param interrupted whether the watchdog or the end of the process interrupted the step
 * @param cutShort why the cycle counts as skipped; null if it does not
 * @param fault the same, for people
 */
record DecideTally(
        int decided,
        int failed,
        RunCost cost,
        DecidePace pace,
        int waiting,
        int inBatch,
        boolean interrupted,
        @Nullable SkipReason cutShort,
        @Nullable String fault) {

    DecideTally waiting(int entries) {
        return new DecideTally(decided, failed, cost, pace, entries, inBatch, interrupted, cutShort, fault);
    }

    DecideTally whenInterrupted() {
        return new DecideTally(decided, failed, cost, pace, waiting, inBatch, true, cutShort, fault);
    }

    DecideTally inBatch(int entries) {
        return new DecideTally(decided, failed, cost, pace, waiting, entries, interrupted, cutShort, fault);
    }

    DecideTally cutShort(SkipReason reason, String why) {
        return new DecideTally(decided, failed, cost, pace, waiting, inBatch, interrupted, reason, why);
    }
}
