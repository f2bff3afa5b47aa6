package dev.drydock.run;

import dev.drydock.agent.Mode;
import dev.drydock.journal.RunEnd;
import java.time.Duration;
import java.util.UUID;

/** What happens in a cycle, for whoever watches. Fired in the thread where it happens: observers must be quick. */
public sealed interface RunEvent {

    String agent();

    /** A cycle has come to its end, whichever. */
    record CycleEnded(String agent, Mode mode, RunEnd end, Duration took) implements RunEvent {}

    /** An entry was decided; it is stored within a second. */
    record EntryDecided(String agent, String label, boolean byRule) implements RunEvent {}

    /** A stage has given up: {@code fetch} on the source, {@code decide} on an entry. */
    record StageFailed(String agent, String stage) implements RunEvent {}

    /** A cycle took far too long and is interrupted; if that does not end it, the process ends with exit code 70. */
    record RunStuck(String agent, UUID runId, Duration limit) implements RunEvent {}
}
