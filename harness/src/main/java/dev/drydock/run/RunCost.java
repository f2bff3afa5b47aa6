package dev.drydock.run;

import dev.drydock.journal.ModelCall;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The totals of a cycle's model calls.
 *
 * @param usd null if a price is not known
 */
record RunCost(
        int calls, long tokensIn, long tokensOut, @Nullable BigDecimal usd) {

    static final RunCost NOTHING = new RunCost(0, 0, 0, BigDecimal.ZERO);

    RunCost plus(ModelCall call) {
        return new RunCost(
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
