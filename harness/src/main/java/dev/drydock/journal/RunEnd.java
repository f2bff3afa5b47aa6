package dev.drydock.journal;

import dev.drydock.agent.Window;
import dev.drydock.journal.Run.Counts;
import org.jspecify.annotations.Nullable;

/**
 * What a run is closed with.
 *
 * @param window null if the run did not get as far as having one
 */
public record RunEnd(
        RunOutcome outcome,
        @Nullable SkipReason skipReason,
        @Nullable String fault,
        @Nullable Window window,
        Counts counts) {}
