package dev.drydock.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tool call with side effects, and its state.
 *
 * @param arguments JSON
 * @param risk {@code LOW}, {@code MEDIUM}, {@code HIGH} or {@code IRREVERSIBLE}
 * @param result the tool's result, after the call
 */
public record ProposedCall(
        UUID id,
        String tool,
        String arguments,
        String risk,
        State state,
        @Nullable String result,
        Instant proposedAt,
        @Nullable Instant settledAt) {

    /** The state of a call. */
    public enum State {
        /** Outside live mode: recorded, never executed. */
        RECORDED,

        /** Proposed by the model, not executed yet. */
        PROPOSED,

        /** Waits for an approval. */
        WAITING,

        /** Approved by a person; executed when the entry is decided again. */
        APPROVED,

        /** Being executed. If it stays so, the process crashed during the call and a person must check. */
        STARTED,

        /** Executed. */
        DONE,

        /** The tool threw an exception. */
        FAILED
    }

    static ProposedCall read(ResultSet row) throws SQLException {
        return new ProposedCall(
                row.getObject("id", UUID.class),
                row.getString("tool"),
                row.getString("arguments"),
                row.getString("risk"),
                State.valueOf(row.getString("state")),
                row.getString("result"),
                ResultSets.instant(row, "proposed_at"),
                ResultSets.nullableInstant(row, "settled_at"));
    }
}
