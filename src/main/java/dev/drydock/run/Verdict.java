package dev.drydock.run;

import dev.drydock.journal.ModelCall;
import dev.drydock.journal.StoreDecisions.Decision;
import dev.drydock.journal.StoreDecisions.Failure;
import java.util.List;
import java.util.UUID;

/** What became of one entry in the decide step, with the model calls that it took. */
sealed interface Verdict {

    UUID entryId();

    List<ModelCall> calls();

    record Decided(Decision decision, List<ModelCall> calls) implements Verdict {

        @Override
        public UUID entryId() {
            return decision.entryId();
        }
    }

    /** The entry's own fault, or the agent's: counts against the entry. */
    record Failed(Failure failure, List<ModelCall> calls) implements Verdict {

        @Override
        public UUID entryId() {
            return failure.entryId();
        }
    }

    /**
     * The model did not serve. Counts against the entry only if the same model served others in this cycle.
     *
     * @param circuitOpen true if the call was not even tried
     */
    record NotServed(Failure failure, boolean circuitOpen, List<ModelCall> calls) implements Verdict {

        @Override
        public UUID entryId() {
            return failure.entryId();
        }
    }
}
