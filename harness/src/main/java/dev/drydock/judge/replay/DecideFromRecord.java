package dev.drydock.judge.replay;

import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.ModelCall;
import dev.drydock.model.DecisionContext;
import dev.drydock.model.Trial;
import dev.drydock.redact.Redactor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides an item by the agent's rule, else with recorded answers: one attempt, as no pause mends a record. */
@Singleton
class DecideFromRecord {

    /**
     * What came of it.
     *
     * @param decision null if it failed
     * @param fault null if it was decided
     */
    record Attempt<D>(
            @Nullable D decision,
            @Nullable String label,
            boolean byRule,
            @Nullable String fault,
            List<ModelCall> calls) {

        static <D> Attempt<D> failed(String fault, List<ModelCall> calls) {
            return new Attempt<>(null, null, false, fault, calls);
        }
    }

    private final Redactor redactor;

    DecideFromRecord(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Never throws. */
    <I extends Item, D> Attempt<D> decide(RegisteredAgent<I, D> agent, I item, Trial trial) {
        var scope = DecisionContext.ofTrial(agent, trial);
        try {
            var ruled = agent.agent().rule(item);
            var decision = ruled.isPresent()
                    ? ruled.get()
                    : scope.run(() -> agent.agent().decide(item));
            Objects.requireNonNull(decision, "the agent's decision is null");
            var label = Objects.requireNonNull(agent.spec().label().apply(decision), "the decision's label is null");
            return new Attempt<>(decision, label, ruled.isPresent(), null, scope.calls());
        } catch (Throwable e) { // an Error, too, is the end of this entry only
            return Attempt.failed(redactor.fault(e), scope.calls());
        }
    }
}
