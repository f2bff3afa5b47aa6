package dev.drydock.run;

import dev.drydock.journal.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * The totals of the decide step.
 *
 * @param waiting entries that the model's rate limit left to the next cycle
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
        boolean interrupted,
        @Nullable SkipReason cutShort,
        @Nullable String fault) {

    DecideTally waiting(int entries) {
        return new DecideTally(decided, failed, cost, pace, entries, interrupted, cutShort, fault);
    }

    DecideTally whenInterrupted() {
        return new DecideTally(decided, failed, cost, pace, waiting, true, cutShort, fault);
    }
}
