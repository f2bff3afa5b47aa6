package dev.drydock.journal;

import dev.drydock.journal.Notice.Turn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one channel is told at one turn of an alert's life.
 *
 * @param answer of the channel, or why it has not taken it
 */
public record StoredNotice(
        UUID id,
        UUID alertId,
        Turn turn,
        String channel,
        Severity severity,
        String summary,
        String details,
        Instant at,
        State state,
        int attempts,
        @Nullable String answer,
        @Nullable Instant sentAt) {

    /** Where it stands. */
    public enum State {
        WAITING,
        SENT,

        /** The channel will never take it. */
        REFUSED,

        /** The channel was away for too long. */
        GIVEN_UP
    }

    static StoredNotice read(ResultSet row) throws SQLException {
        return new StoredNotice(
                row.getObject("id", UUID.class),
                row.getObject("alert_id", UUID.class),
                Turn.valueOf(row.getString("turn")),
                row.getString("channel"),
                Severity.valueOf(row.getString("severity")),
                row.getString("summary"),
                row.getString("details"),
                Columns.instant(row, "at"),
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getString("answer"),
                Columns.nullableInstant(row, "sent_at"));
    }
}
