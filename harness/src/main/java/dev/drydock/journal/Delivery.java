package dev.drydock.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One attempt to deliver an entry. */
public record Delivery(
        int attempt,
        Outcome outcome,
        @Nullable String receipt,
        @Nullable String fault,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    /** How an attempt ended. */
    public enum Outcome {
        /** Not finished, or interrupted by a crash that has not been detected yet. */
        STARTED,

        /** The receiver accepted it. */
        DELIVERED,

        /** The receiver did not accept it; a later attempt may succeed. */
        FAILED,

        /** The receiver refused it permanently. */
        REFUSED,

        /** Interrupted by a crash or the end of the process: it is not known whether it arrived. */
        UNSURE,

        /** Written by a newer release. */
        UNKNOWN
    }

    static Delivery read(ResultSet row) throws SQLException {
        return new Delivery(
                row.getInt("attempt"),
                ResultSets.constant(row.getString("outcome"), Outcome.UNKNOWN),
                row.getString("receipt"),
                row.getString("fault"),
                ResultSets.instant(row, "started_at"),
                ResultSets.nullableInstant(row, "finished_at"));
    }
}
