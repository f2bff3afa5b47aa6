package dev.drydock.journal;

import dev.drydock.config.AlertSettings.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification to one channel, and its delivery.
 *
 * @param type null if a newer release wrote one that this one does not know: then it is left to that release
 * @param severity CRITICAL if a newer release wrote one that this one does not know
 * @param answer the channel's answer, or why the last attempt failed
 */
public record AlertDelivery(
        UUID id,
        UUID alertId,
        Notification.@Nullable Type type,
        String channel,
        Severity severity,
        String summary,
        String details,
        Instant at,
        State state,
        int attempts,
        @Nullable String answer,
        @Nullable Instant sentAt) {

    /** The state of its delivery. */
    public enum State {
        WAITING,
        SENT,

        /** The channel refused it permanently. */
        REFUSED,

        /** Discarded: the channel was unavailable for a day. */
        GIVEN_UP,

        /** Written by a newer release, which was rolled back since. */
        UNKNOWN
    }

    static AlertDelivery read(ResultSet row) throws SQLException {
        return new AlertDelivery(
                row.getObject("id", UUID.class),
                row.getObject("alert_id", UUID.class),
                ResultSets.known(Notification.Type.class, row.getString("turn")).orElse(null),
                row.getString("channel"),
                ResultSets.constant(row.getString("severity"), Severity.CRITICAL),
                row.getString("summary"),
                row.getString("details"),
                ResultSets.instant(row, "at"),
                ResultSets.constant(row.getString("state"), State.UNKNOWN),
                row.getInt("attempts"),
                row.getString("answer"),
                ResultSets.nullableInstant(row, "sent_at"));
    }
}
