package dev.drydock.journal;

import dev.drydock.agent.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One item in one version, and how far it got. Long after it is done, what it was about is forgotten; its key is not.
 *
 * @param decision JSON of the agent's decision record; null before it is made and once it is forgotten
 * @param decidedBy {@code RULE} or {@code MODEL}
 * @param fault why the last step failed
 * @param runId the last run that worked on it; null once it is forgotten
 * @param attempts cycles that failed to decide it
 * @param tokensCut how much of the item was left out, because the model takes no more
 */
public record Entry(
        UUID id,
        String agent,
        String itemId,
        String itemVersion,
        EntryState state,
        @Nullable Mode mode,
        @Nullable String decision,
        @Nullable String label,
        @Nullable String decidedBy,
        @Nullable String fault,
        @Nullable UUID runId,
        int attempts,
        long tokensCut,
        Instant admittedAt,
        @Nullable Instant decidedAt,
        @Nullable Instant deliveredAt) {

    static Entry read(ResultSet row) throws SQLException {
        var mode = row.getString("mode");
        return new Entry(
                row.getObject("id", UUID.class),
                row.getString("agent"),
                row.getString("item_id"),
                row.getString("item_version"),
                EntryState.valueOf(row.getString("state")),
                mode == null ? null : Mode.valueOf(mode),
                row.getString("decision"),
                row.getString("label"),
                row.getString("decided_by"),
                row.getString("fault"),
                row.getObject("run_id", UUID.class),
                row.getInt("attempts"),
                row.getLong("tokens_cut"),
                ResultSets.instant(row, "admitted_at"),
                ResultSets.nullableInstant(row, "decided_at"),
                ResultSets.nullableInstant(row, "delivered_at"));
    }
}
