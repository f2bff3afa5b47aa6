package dev.drydock.run;

import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.SkipReason;
import dev.drydock.model.DecisionContext;
import dev.drydock.model.NotRecordedException;
import dev.drydock.model.Trial;
import dev.drydock.run.DecideOutcome.Busy;
import dev.drydock.run.DecideOutcome.Deferred;
import dev.drydock.run.DecideOutcome.Failed;
import dev.drydock.run.DecideOutcome.NeedsApproval;
import dev.drydock.run.DecideOutcome.Unavailable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Decides an item as a cycle does, by the agent's rule or by the model, for an eval or a replay: nothing is stored or
 * delivered, and no tool with side effects is called.
 */
@Singleton
public class DecideTrial {

    private static final int MOST_TURNS = 10;

    /** What came of a trial, with the model calls that it took. */
    public sealed interface Result<D> {

        List<ModelCall> calls();

        record Decided<D>(D decision, String label, boolean byRule, List<ModelCall> calls) implements Result<D> {}

        /** The agent failed, or the model gave no usable answer: an entry would count a failed attempt. */
        record Failed<D>(String fault, List<ModelCall> calls) implements Result<D> {}

        /**
         * The item could not be decided, and that is not the agent's fault.
         *
         * @param reason null if interrupted
         */
        record Unmeasured<D>(@Nullable SkipReason reason, String fault, List<ModelCall> calls) implements Result<D> {}

        /** The trial may not send requests, and an answer is not recorded. */
        record NotRecorded<D>(NotRecordedException fault, List<ModelCall> calls) implements Result<D> {}
    }

    private final DecideStage stage;
    private final ClassifyFailure failures;

    DecideTrial(DecideStage stage, ClassifyFailure failures) {
        this.stage = stage;
        this.failures = failures;
    }

    /** Never throws. Waits while the model takes no more calls for now. */
    public <I extends Item, D> Result<D> decide(RegisteredAgent<I, D> agent, I item, Trial trial) {
        var result = decideOnce(agent, item, trial);
        for (var turn = 1; turn < MOST_TURNS && isBusy(result); turn++) {
            result = decideOnce(agent, item, trial);
        }
        return result;
    }

    private static boolean isBusy(Result<?> result) {
        return result instanceof Result.Unmeasured<?> waiting && waiting.reason() == SkipReason.RATE_LIMITED;
    }

    private <I extends Item, D> Result<D> decideOnce(RegisteredAgent<I, D> agent, I item, Trial trial) {
        var scope = DecisionContext.ofTrial(agent, trial);
        try {
            var ruled = agent.agent().rule(item);
            var decision = ruled.isPresent()
                    ? ruled.get()
                    : scope.run(() -> stage.decide(agent.agent(), item).get());
            Objects.requireNonNull(decision, "the agent's decision is null");
            var label = Objects.requireNonNull(agent.spec().label().apply(decision), "the decision's label is null");
            return new Result.Decided<>(decision, label, ruled.isPresent(), scope.calls());
        } catch (Throwable e) { // an Error, too, is the end of this item only
            return failed(e, scope);
        }
    }

    /** Asks something else in a trial, besides what the agent asks. The result has no label. Never throws. */
    public <T> Result<T> ask(RegisteredAgent<?, ?> agent, Trial trial, Callable<T> question) {
        var scope = DecisionContext.ofTrial(agent, trial);
        try {
            return new Result.Decided<>(scope.run(question), "", false, scope.calls());
        } catch (Throwable e) {
            return failed(e, scope);
        }
    }

    private <D> Result<D> failed(Throwable fault, DecisionContext scope) {
        var calls = scope.calls();
        var notRecorded = NotRecordedException.in(fault);
        if (notRecorded.isPresent()) {
            return new Result.NotRecorded<>(notRecorded.get(), calls);
        }
        var outcome = failures.ofEntry(scope.entryId(), fault, scope);
        if (outcome instanceof Unavailable down) {
            return new Result.Unmeasured<>(down.reason(), down.failure().fault(), calls);
        }
        if (outcome instanceof Busy busy) {
            return new Result.Unmeasured<>(
                    SkipReason.RATE_LIMITED, busy.failure().fault(), calls);
        }
        if (outcome instanceof Deferred deferred) {
            return new Result.Unmeasured<>(null, deferred.failure().fault(), calls);
        }
        return new Result.Failed<>(why(outcome), calls);
    }

    private static String why(DecideOutcome outcome) {
        if (outcome instanceof Failed failed) {
            return failed.failure().fault();
        }
        if (outcome instanceof NeedsApproval needed) {
            return needed.held().hold().why();
        }
        throw new IllegalStateException("a fault leads to no " + outcome);
    }
}
