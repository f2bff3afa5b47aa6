package dev.drydock.run;

import dev.drydock.journal.ModelCall;
import dev.drydock.journal.SkipReason;
import java.math.BigDecimal;
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
        Cost cost,
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

    /**
     * The totals of a cycle's model calls.
     *
     * @param usd null if a price is not known
     */
    record Cost(
            int calls,
            long tokensIn,
            long tokensOut,
            @Nullable BigDecimal usd) {

        static final Cost NOTHING = new Cost(0, 0, 0, BigDecimal.ZERO);

        Cost plus(ModelCall call) {
            return new Cost(
                    calls + 1,
                    tokensIn + orZero(call.tokens().in()),
                    tokensOut + orZero(call.tokens().out()),
                    usd == null || call.costUsd() == null ? null : usd.add(call.costUsd()));
        }

        @Override
        public String toString() {
            return "%d model calls, %d tokens in, %d out, %s"
                    .formatted(
                            calls,
                            tokensIn,
                            tokensOut,
                            usd == null
                                    ? "at a cost that is not known"
                                    : usd.stripTrailingZeros().toPlainString() + " USD");
        }

        private static long orZero(@Nullable Long count) {
            return count == null ? 0 : count;
        }
    }
}
