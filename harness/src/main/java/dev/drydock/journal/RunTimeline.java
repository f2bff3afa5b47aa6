package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What happened in a run, counted in equal parts of its time. */
@Singleton
public class RunTimeline {

    /** What is counted, and when. */
    public enum Lane {
        /** Entries, when they were decided. */
        DECIDED("select decided_at as at, null as fault from entry where run_id = :run and decided_at is not null"),

        /** Calls of models, when they began. */
        CALLS("select called_at as at, fault from model_call where run_id = :run"),

        /** Attempts at deliveries, when they began. */
        DELIVERIES("""
                select delivery.started_at as at, delivery.fault from delivery join entry on entry.id = entry_id
                where run_id = :run""");

        private final String sql;

        Lane(String sql) {
            this.sql = sql;
        }
    }

    /**
     * One part of the time.
     *
     * @param part from 0; what happened after the end is in the last one
     * @param failed of {@code number}
     */
    public record Count(int part, long number, long failed) {}

    /**
     * The calls of a run.
     *
     * @param usd null where a price is not known
     */
    public record Calls(long number, long failed, @Nullable BigDecimal usd) {}

    private final Jdbi jdbi;

    RunTimeline(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Without the parts in which nothing happened. */
    public List<Count> counts(UUID runId, Lane lane, Instant from, Duration took, int parts) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select greatest(0, least(:parts - 1, floor(extract(epoch from at - :from::timestamptz) * 1000 / :millis * :parts)))::integer
                        as part, count(*) as number, count(fault) as failed
                from (%s) event group by part order by part""".formatted(lane.sql))
                .bind("run", runId)
                .bind("from", from)
                .bind("millis", Math.max(1, took.toMillis()))
                .bind("parts", parts)
                .map((row, context) -> new Count(row.getInt("part"), row.getLong("number"), row.getLong("failed")))
                .list());
    }

    /** When the first of the run's own entries was admitted: then the fetch was over. */
    public Optional<Instant> firstAdmitted(UUID runId, Instant started) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select admitted_at from entry where run_id = :run and admitted_at >= :started order by id limit 1")
                .bind("run", runId)
                .bind("started", started)
                .map((row, context) -> ResultSets.instant(row, "admitted_at"))
                .findOne());
    }

    public Calls calls(UUID runId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) as number, count(fault) as failed,
                    case when count(*) = count(cost_usd) then coalesce(sum(cost_usd), 0) end as usd
                from model_call where run_id = :run""")
                .bind("run", runId)
                .map((row, context) ->
                        new Calls(row.getLong("number"), row.getLong("failed"), row.getBigDecimal("usd")))
                .one());
    }
}
