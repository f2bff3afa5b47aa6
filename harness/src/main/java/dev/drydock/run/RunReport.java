package dev.drydock.run;

import dev.drydock.journal.Run.Counts;
import dev.drydock.journal.RunEnd;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a cycle ended, for whoever started it.
 *
 * @param runId null if the database was away, so that nothing could be written down
 */
public record RunReport(@Nullable UUID runId, RunEnd end) {

    static final Counts NOTHING = new Counts(0, 0, 0, 0, 0);

    static RunEnd skipped(SkipReason reason, String why) {
        return new RunEnd(RunOutcome.SKIPPED, reason, why, null, NOTHING);
    }
}
