package dev.drydock.run;

import dev.drydock.agent.Mode;
import dev.drydock.journal.RunEnd;
import dev.drydock.journal.SkipReason;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a cycle, and what its end shows of the agent, for whoever watches. Fired in the thread where it happens:
 * observers must be quick, or come last.
 */
public sealed interface RunEvent {

    String agent();

    /** A cycle begins, in this thread. One that is skipped before it begins has an end only. */
    record CycleStarted(String agent, UUID runId) implements RunEvent {}

    /** A cycle has come to its end, whichever; the end is stored, or waits for the database. */
    record CycleEnded(String agent, Mode mode, RunReport report, Duration took) implements RunEvent {

        /** Null if the database was away, so that nothing could be written down. */
        public @Nullable UUID runId() {
            return report.runId();
        }

        public RunEnd end() {
            return report.end();
        }
    }

    /** An entry was decided; it is stored within a second. */
    record EntryDecided(String agent, String label, boolean byRule) implements RunEvent {}

    /** A stage has given up: {@code fetch} on the source, {@code decide} on an entry. */
    record StageFailed(String agent, String stage) implements RunEvent {}

    /** A cycle took far too long and is interrupted; if that does not end it, the process ends with exit code 70. */
    record RunStuck(String agent, UUID runId, Duration limit) implements RunEvent {}

    /** A run was found open whose process is dead; what it left open is taken up by the next cycle. */
    record RunCrashed(String agent, UUID runId) implements RunEvent {}

    /** An agent's runs have crashed so many times in ten minutes; its cycles wait a little. Fired with each further crash. */
    record CrashLooping(String agent, int crashes) implements RunEvent {}

    /** So many cycles in a row were skipped, the last one for this reason. Fired once in a row. */
    record SkippedInARow(String agent, SkipReason reason, int cycles) implements RunEvent {}

    /** Today has cost more than twice what a day usually does. Fired once a day and agent, over all processes. */
    record SpendSpiked(String agent, BigDecimal todayUsd, BigDecimal usualUsd) implements RunEvent {}

    /** The agent is right less often than it was, by shares from 0 to 1. Fired by whoever judges, not by a cycle. */
    record AccuracyRegressed(String agent, double before, double after) implements RunEvent {}

    /**
     * A decision turned out to be one of the mistakes that the agent's spec calls dangerous. Fired by whoever judges.
     *
     * @param right the label that would have been right
     */
    record DangerousMistake(String agent, UUID entryId, String right, String given) implements RunEvent {}
}
