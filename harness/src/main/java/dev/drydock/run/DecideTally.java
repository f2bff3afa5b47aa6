package dev.drydock.run;

import dev.drydock.journal.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * What the decide step came to.
 *
 * @param cutShort why the model served nobody, or no longer; null if it served
 * @param fault the same, for people
 */
record DecideTally(
        int decided,
        int failed,
        RunCost cost,
        @Nullable SkipReason cutShort,
        @Nullable String fault) {}
