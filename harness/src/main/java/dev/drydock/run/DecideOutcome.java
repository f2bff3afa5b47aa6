package dev.drydock.run;

import dev.drydock.journal.ModelCall;
import dev.drydock.journal.SkipReason;
import dev.drydock.journal.StoreDecisions.Decision;
import dev.drydock.journal.StoreDecisions.Failure;
import java.util.List;

/** What became of one entry in the decide step, with the model calls that it took. */
sealed interface DecideOutcome {

    List<ModelCall> calls();

    record Decided(Decision decision, List<ModelCall> calls) implements DecideOutcome {}

    /** The entry's own fault, or the agent's: counts against the entry. */
    record Failed(Failure failure, List<ModelCall> calls) implements DecideOutcome {}

    /** A tool call that cannot be undone was refused: a person must approve it first. */
    record Refused(Failure failure, List<ModelCall> calls) implements DecideOutcome {}

    /** It was not the entry's turn, through nobody's fault: it waits for the next cycle. */
    record Waits(Failure failure, List<ModelCall> calls) implements DecideOutcome {}

    /**
     * The model did not serve, or what its calls need was not there: the budget, the database.
     *
     * @param reason what that makes of the cycle, if it served nobody
     */
    record NotServed(Failure failure, SkipReason reason, Reach reach, List<ModelCall> calls) implements DecideOutcome {}

    /** How much a model that did not serve says about the others. */
    enum Reach {

        /** Nothing: if it served others, the entry is to blame. */
        ENTRY,

        /** It was asked too much: the entry may wait. */
        NOW,

        /** It serves nobody, so that the cycle may end here. */
        ALL
    }
}
