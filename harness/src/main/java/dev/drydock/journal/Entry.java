package dev.drydock.journal;

import dev.drydock.agent.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One item in one version, and its state. Its content is deleted after {@code drydock.retention.payloads}; its key is kept.
 *
 * @param mode null before the decision, and if a newer release wrote one that this one does not know
 * @param decision JSON of the agent's decision record; null before the decision and after deletion
 * @param decidedBy {@code RULE} or {@code MODEL}
 * @param holdReason why it is HELD; null in any other state
 * @param fault why the last step failed
 * @param runId the last run that processed it; null after deletion
 * @param attempts cycles that failed to decide it
 * @param tokensCut tokens of the item that were truncated to fit the model's context
 */
public record Entry(
        UUID id,
        String agent,
        String itemId,
        String itemVersion,
        EntryState state,
        @Nullable HoldReason holdReason,
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

    /** What {@link #read} reads: not the item, which may be large. */
    static final String COLUMNS = """
            id, agent, item_id, item_version, state, hold_reason, mode, decision, label, decided_by, fault, run_id, attempts,
            tokens_cut, admitted_at, decided_at, delivered_at""";

    /** The same, with the decision as it was before a person edited it. */
    static final String AS_DECIDED = COLUMNS.replace(
            "decision, label",
            "coalesce(original_decision, decision) as decision, coalesce(original_label, label) as label");

    static Entry read(ResultSet row) throws SQLException {
        return new Entry(
                row.getObject("id", UUID.class),
                row.getString("agent"),
                row.getString("item_id"),
                row.getString("item_version"),
                ResultSets.constant(row.getString("state"), EntryState.UNKNOWN),
                ResultSets.nullableConstant(row.getString("hold_reason"), HoldReason.UNKNOWN),
                ResultSets.known(Mode.class, row.getString("mode")).orElse(null),
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
