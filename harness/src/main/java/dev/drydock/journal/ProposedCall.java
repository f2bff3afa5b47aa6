package dev.drydock.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tool call that would change the world, and what became of it.
 *
 * @param arguments JSON
 * @param risk {@code LOW}, {@code MEDIUM}, {@code HIGH} or {@code IRREVERSIBLE}
 * @param result what the tool answered, once it was made
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

    /** How far it got. */
    public enum State {
        /** Outside live mode: written down, never to be made. */
        RECORDED,

        /** Seen, and not yet made. */
        PROPOSED,

        /** Waits for a person. */
        WAITING,

        /** A person lets it be made, when the entry is decided again. */
        APPROVED,

        /** Being made; if it stays so, the process died in the middle, and a person must look. */
        STARTED,

        DONE,

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
