package dev.drydock.run;

import dev.drydock.agent.Mode;
import dev.drydock.journal.RunResult;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens in cycles, for observers. Fired in the thread of the cycle: an observer must be quick, or come last. */
public sealed interface RunEvent {

    String agent();

    /** A cycle begins, in this thread. A cycle that is skipped before it begins only has an end. */
    record CycleStarted(String agent, UUID runId) implements RunEvent {}

    /** A cycle ended, or did not begin; its result is stored, or deferred until the database is available. */
    record CycleEnded(String agent, Mode mode, RunResult result, Duration took) implements RunEvent {

        /** Null if no run was stored, because the database is unavailable. */
        public @Nullable UUID runId() {
            return result.runId();
        }
    }

    /** An entry was decided; it is stored within a second. */
    record EntryDecided(String agent, String label, boolean byRule) implements RunEvent {}

    /** A stage failed after its retries: {@code fetch} for a cycle, {@code decide} for an entry. */
    record StageFailed(String agent, String stage) implements RunEvent {}

    /** A cycle made no progress for too long and is interrupted; if that does not end it, the process exits with code 70. */
    record RunStuck(String agent, UUID runId, Duration limit) implements RunEvent {}

    /** The lease of an open run expired; the next cycle resumes its open entries. */
    record RunCrashed(String agent, UUID runId) implements RunEvent {}
}
