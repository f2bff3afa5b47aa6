package dev.drydock.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One attempt at a delivery. */
public record Delivery(
        int attempt,
        DeliveryOutcome outcome,
        @Nullable String receipt,
        @Nullable String fault,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    static Delivery read(ResultSet row) throws SQLException {
        return new Delivery(
                row.getInt("attempt"),
                DeliveryOutcome.valueOf(row.getString("outcome")),
                row.getString("receipt"),
                row.getString("fault"),
                Columns.instant(row, "started_at"),
                Columns.nullableInstant(row, "finished_at"));
    }
}
