package dev.drydock.journal;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An eval that asked the model.
 *
 * @param dueAt null if a person started it
 * @param set null for all cases
 * @param outcome the verdict of its report
 * @param sentence why, for people
 * @param figures null if nothing was measured
 */
public record EvalRun(
        UUID id,
        String agent,
        @Nullable Instant dueAt,
        @Nullable String set,
        Instant startedAt,
        Instant endedAt,
        String outcome,
        String sentence,
        @Nullable Figures figures) {

    /**
     * What was measured.
     *
     * @param costUsd null if a price is not known
     * @param result JSON: model, prompts, and each case with its decision
     */
    public record Figures(
            int cases, int correct, int dangerous, @Nullable BigDecimal costUsd, String result) {}

    static EvalRun read(ResultSet row) throws SQLException {
        var result = row.getString("result");
        return new EvalRun(
                row.getObject("id", UUID.class),
                row.getString("agent"),
                ResultSets.nullableInstant(row, "due_at"),
                row.getString("case_set"),
                ResultSets.instant(row, "started_at"),
                ResultSets.instant(row, "ended_at"),
                row.getString("outcome"),
                row.getString("sentence"),
                result == null
                        ? null
                        : new Figures(
                                row.getInt("cases"),
                                row.getInt("correct"),
                                row.getInt("dangerous"),
                                row.getBigDecimal("cost_usd"),
                                result));
    }
}
