package dev.drydock.run;

import dev.drydock.journal.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * The totals of the decide step.
 *
 * @param cutShort why the step ended early; null if it did not
 * @param fault the same, for people
 */
record DecideTally(
        int decided,
        int failed,
        RunCost cost,
        @Nullable SkipReason cutShort,
        @Nullable String fault) {}
