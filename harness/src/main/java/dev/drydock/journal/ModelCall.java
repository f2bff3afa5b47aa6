package dev.drydock.journal;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model, answered or not, with its secrets masked.
 *
 * @param attempt which try at deciding the entry it belongs to, from 1
 * @param request JSON of all that was sent
 * @param response JSON of all that came back; null when the call failed
 * @param costUsd null where the price is not known
 * @param costOrigin where the cost comes from: the header or field that named it, or the price that was applied
 * @param fromCache true if the answer to an earlier call was used again, so that nothing was sent
 */
public record ModelCall(
        UUID id,
        Origin origin,
        Route route,
        Prompt prompt,
        int attempt,
        String request,
        @Nullable String response,
        Tokens tokens,
        @Nullable BigDecimal costUsd,
        @Nullable String costOrigin,
        @Nullable String finishReason,
        @Nullable String fault,
        boolean fromCache,
        Instant calledAt,
        Duration latency) {

    /** On whose behalf; all null for a call outside of any run. */
    public record Origin(
            @Nullable String agent,
            @Nullable UUID runId,
            @Nullable UUID entryId) {}

    /**
     * Which model.
     *
     * @param why {@code standard}, {@code cheap}, or the reason for another than the one asked for
     */
    public record Route(String asked, @Nullable String answered, String why) {}

    /**
     * The source of the instructions in the code.
     *
     * @param name the AI service's method
     * @param version changes when the text of the instructions does
     */
    public record Prompt(String name, String version) {}

    /**
     * What was counted by the server.
     *
     * @param cached of {@code in}, what the server had seen before
     * @param reasoning of {@code out}, tokens that are not part of the response text
     * @param cut tokens truncated before sending, by Drydock's own count
     */
    public record Tokens(
            @Nullable Long in,
            @Nullable Long cached,
            @Nullable Long out,
            @Nullable Long reasoning,
            long cut) {}

    /** The size of what was sent and received. */
    public int characters() {
        return request.length() + (response == null ? 0 : response.length());
    }

    /** What {@link #read} reads, save for request and response. */
    static final String COLUMNS = """
            id, agent, run_id, entry_id, model_asked, model_answered, route, prompt_name, prompt_version, attempt, tokens_in,
            tokens_cached, tokens_out, tokens_reasoning, tokens_cut, cost_usd, cost_origin, finish_reason, fault, from_cache,
            called_at, latency_ms""";

    static ModelCall read(ResultSet row) throws SQLException {
        return new ModelCall(
                row.getObject("id", UUID.class),
                new Origin(
                        row.getString("agent"),
                        row.getObject("run_id", UUID.class),
                        row.getObject("entry_id", UUID.class)),
                new Route(orNone(row, "model_asked"), row.getString("model_answered"), orNone(row, "route")),
                new Prompt(orNone(row, "prompt_name"), orNone(row, "prompt_version")),
                row.getInt("attempt"),
                row.getString("request"),
                row.getString("response"),
                new Tokens(
                        ResultSets.nullableLong(row, "tokens_in"),
                        ResultSets.nullableLong(row, "tokens_cached"),
                        ResultSets.nullableLong(row, "tokens_out"),
                        ResultSets.nullableLong(row, "tokens_reasoning"),
                        row.getLong("tokens_cut")),
                row.getBigDecimal("cost_usd"),
                row.getString("cost_origin"),
                row.getString("finish_reason"),
                row.getString("fault"),
                row.getBoolean("from_cache"),
                ResultSets.instant(row, "called_at"),
                Duration.ofMillis(row.getLong("latency_ms")));
    }

    private static String orNone(ResultSet row, String column) throws SQLException {
        var value = row.getString(column);
        return value == null ? "" : value;
    }
}
