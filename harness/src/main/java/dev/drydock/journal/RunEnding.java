package dev.drydock.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a run has ended, in brief. */
public record RunEnding(RunOutcome outcome, @Nullable SkipReason skipReason, Instant finishedAt) {

    static RunEnding read(ResultSet row) throws SQLException {
        var reason = row.getString("skip_reason");
        return new RunEnding(
                RunOutcome.valueOf(row.getString("outcome")),
                reason == null ? null : SkipReason.valueOf(reason),
                ResultSets.instant(row, "finished_at"));
    }
}
