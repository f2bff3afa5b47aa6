package dev.drydock.journal;

import dev.drydock.agent.Mode;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One cycle of one agent.
 *
 * @param mode null if a newer release wrote one that this one does not know
 * @param dueAt the time of the schedule that it answers; null if it was asked for, or makes up for another
 * @param delivered entries last worked on by this run that have been delivered, by now
 * @param costUsd null where a price is not known
 */
public record Run(
        UUID id,
        String agent,
        @Nullable Mode mode,
        RunOutcome outcome,
        @Nullable SkipReason skipReason,
        @Nullable String fault,
        @Nullable Instant dueAt,
        Instant startedAt,
        @Nullable Instant finishedAt,
        Counts counts,
        int delivered,
        long tokensIn,
        long tokensOut,
        @Nullable BigDecimal costUsd,
        @Nullable String traceId) {

    /**
     * What a cycle did, in entries.
     *
     * @param waiting entries that it left to a later one, other than those that failed
     */
    public record Counts(int fetched, int admitted, int duplicates, int decided, int failed, int waiting) {

        /** Of a cycle that did nothing. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        /** The same, after so many items were fetched, of which some were new and some could not be stored. */
        public Counts admitted(int items, int fresh, int unstorable) {
            return new Counts(items, fresh, items - fresh - unstorable, decided, failed + unstorable, waiting);
        }

        /** The same, after entries were decided, could not be decided, or were left to a later cycle. */
        public Counts decided(int entries, int faulty, int left) {
            return new Counts(fetched, admitted, duplicates, entries, failed + faulty, left);
        }

        /** The same, after so many more failures. */
        public Counts failed(int more) {
            return new Counts(fetched, admitted, duplicates, decided, failed + more, waiting);
        }
    }

    static Run read(ResultSet row) throws SQLException {
        return new Run(
                row.getObject("id", UUID.class),
                row.getString("agent"),
                ResultSets.known(Mode.class, row.getString("mode")).orElse(null),
                ResultSets.constant(row.getString("outcome"), RunOutcome.UNKNOWN),
                ResultSets.nullableConstant(row.getString("skip_reason"), SkipReason.UNKNOWN),
                row.getString("fault"),
                ResultSets.nullableInstant(row, "due_at"),
                ResultSets.instant(row, "started_at"),
                ResultSets.nullableInstant(row, "finished_at"),
                new Counts(
                        row.getInt("fetched"),
                        row.getInt("admitted"),
                        row.getInt("duplicates"),
                        row.getInt("decided"),
                        row.getInt("failed"),
                        row.getInt("waiting")),
                row.getInt("delivered"),
                row.getLong("tokens_in"),
                row.getLong("tokens_out"),
                row.getBigDecimal("cost_usd"),
                row.getString("trace_id"));
    }
}
