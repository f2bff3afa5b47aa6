package dev.drydock.run;

import dev.drydock.agent.Window;
import dev.drydock.journal.Run.Counts;
import dev.drydock.journal.RunResult;
import dev.drydock.journal.SkipReason;
import dev.drydock.run.PlanDecisions.Plan;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Says how a cycle ended that went through its steps: what it left, and why. */
record DescribeResult(String agent, Plan plan, DecideTally tally) {

    /** Whether all steps were done: nothing cut the decide step short. */
    boolean completed() {
        return tally.cutShort() == null;
    }

    /** Entries that the next cycle decides. */
    int left() {
        return tally.waiting() + tally.inBatch() + plan.beyond();
    }

    /** The same with those that wait for their owner. */
    int waiting() {
        return left() + plan.deferred();
    }

    /** The most urgent reason is the result's; its text names all. */
    RunResult result(Window window, Counts counts) {
        if (tally.cutShort() != null) {
            return RunResult.skipped(tally.cutShort(), tally.fault(), window, counts);
        }
        var texts = new ArrayList<String>();
        SkipReason reason = null;
        if (plan.flood().isPresent()) {
            reason = SkipReason.FLOOD;
            texts.add(plan.flood().get());
        }
        if (tally.waiting() > 0) {
            reason = reason == null ? SkipReason.RATE_LIMITED : reason;
            texts.add("rate limited: %,d of %,d decided, %,d wait for the next run"
                    .formatted(tally.decided(), tally.decided() + tally.waiting(), tally.waiting()));
        }
        if (tally.inBatch() > 0) {
            texts.add("%,d wait for the answers of a batch".formatted(tally.inBatch()));
        }
        if (plan.deferred() > 0) {
            reason = reason == null ? SkipReason.FIRST_RUN : reason;
            texts.add(firstRun());
        }
        if (plan.beyond() > 0) {
            texts.add("%,d wait for the next run (DRYDOCK_ITEMS_PER_RUN)".formatted(plan.beyond()));
        }
        return texts.isEmpty()
                ? RunResult.completed(window, counts)
                : RunResult.completed(window, counts, reason, String.join("; ", texts));
    }

    private String firstRun() {
        return "first run: %,d of %,d decided, %,d older entries wait.%s To decide them: ./drydock run %s --all, or DRYDOCK_FIRST_RUN=all"
                .formatted(
                        tally.decided(),
                        plan.entries() + plan.beyond() + plan.deferred(),
                        plan.deferred(),
                        estimate(),
                        agent);
    }

    /** By the figures of the entries that were decided. */
    private String estimate() {
        if (tally.decided() == 0) {
            return "";
        }
        return " They would take %s and cost %s."
                .formatted(
                        tally.pace().estimate(plan.deferred()),
                        cost(tally.cost().usd()));
    }

    private String cost(@Nullable BigDecimal usd) {
        if (usd == null) {
            return "an amount that is not known, because the model has no price";
        }
        var rest = usd.multiply(BigDecimal.valueOf(plan.deferred()))
                .divide(BigDecimal.valueOf(tally.decided()), MathContext.DECIMAL64)
                .round(new MathContext(2));
        return "about %s USD".formatted(rest.stripTrailingZeros().toPlainString());
    }
}
