package dev.drydock.journal;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model, answered or not.
 *
 * @param request JSON of all that was sent
 * @param response JSON of all that came back; null when the call failed
 * @param costUsd null where the price is not known
 */
public record ModelCall(
        UUID id,
        @Nullable String modelAsked,
        @Nullable String modelAnswered,
        String request,
        @Nullable String response,
        @Nullable Long tokensIn,
        @Nullable Long tokensOut,
        @Nullable BigDecimal costUsd,
        @Nullable String finishReason,
        @Nullable String fault,
        Instant calledAt,
        Duration latency) {

    static ModelCall read(ResultSet row) throws SQLException {
        return new ModelCall(
                row.getObject("id", UUID.class),
                row.getString("model_asked"),
                row.getString("model_answered"),
                row.getString("request"),
                row.getString("response"),
                Columns.nullableLong(row, "tokens_in"),
                Columns.nullableLong(row, "tokens_out"),
                row.getBigDecimal("cost_usd"),
                row.getString("finish_reason"),
                row.getString("fault"),
                Columns.instant(row, "called_at"),
                Duration.ofMillis(row.getLong("latency_ms")));
    }
}
