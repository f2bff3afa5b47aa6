package dev.drydock.run;

import dev.drydock.journal.ModelCall;
import dev.drydock.journal.SkipReason;
import dev.drydock.journal.StoreDecisions.Decision;
import dev.drydock.journal.StoreDecisions.Failure;
import dev.drydock.journal.StoreDecisions.Held;
import java.util.List;

/** The outcome of the decide step for one entry, with the model calls that it took. */
sealed interface DecideOutcome {

    /** The model calls, in their order. */
    List<ModelCall> calls();

    /** Decided by the agent's rule or by the model. */
    record Decided(Decision decision, List<ModelCall> calls) implements DecideOutcome {}

    /** The fault of the entry, or of the agent's code: counts as a failed attempt of the entry. */
    record Failed(Failure failure, List<ModelCall> calls) implements DecideOutcome {}

    /** A person must look at a tool call with side effects first. */
    record NeedsApproval(Held held, List<ModelCall> calls) implements DecideOutcome {}

    /** Interrupted, no capacity in this process, or in a batch: waits for a later cycle, and no attempt is counted. */
    record Deferred(Failure failure, List<ModelCall> calls) implements DecideOutcome {}

    /** The model takes no more calls for now: decided again in the same run, when its turn comes. No attempt is counted. */
    record Busy(Failure failure, List<ModelCall> calls) implements DecideOutcome {}

    /**
     * The model server, or something that a call needs (the budget, the database), is unavailable.
     *
     * @param reason the skip reason of the cycle, if no entry was decided
     */
    record Unavailable(Failure failure, SkipReason reason, Reach reach, List<ModelCall> calls)
            implements DecideOutcome {}

    /** What an unavailable model says about the other entries. */
    enum Reach {

        /** Nothing. If other entries were decided, this one is at fault. */
        ENTRY,

        /** All other entries would fail too: the cycle ends. */
        ALL
    }
}
