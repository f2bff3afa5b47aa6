package dev.drydock.journal;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** An agent's model calls, for alert rules and the page. Cached responses do not count. */
@Singleton
public class CallHistory {

    /** Number and 95th percentile of calls. */
    public record Latency(long calls, Duration p95) {}

    /**
     * Output tokens of an agent's latest answers.
     *
     * @param p99 that 99 of 100 answers do not exceed
     * @param reserved the most that a request allowed
     */
    @RegisterForReflection
    public record OutputTokens(long answers, long p99, long reserved) {}

    private final Jdbi jdbi;

    CallHistory(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Failed calls since the last successful one, at most {@code limit}. */
    public long failuresInARow(String agent, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                with latest as (
                    select fault, row_number() over (order by called_at desc, id desc) as place from model_call
                    where agent = :agent and not from_cache and route is distinct from 'candidate'
                    order by called_at desc, id desc limit :limit
                )
                select coalesce(min(place) filter (where fault is null) - 1, count(*)) from latest""")
                .bind("agent", agent)
                .bind("limit", limit)
                .mapTo(Long.class)
                .one());
    }

    /** Of the latest 500 answers; empty if there are none. */
    public Optional<OutputTokens> outputTokens(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) as answers, percentile_disc(0.99) within group (order by tokens_out) as p99,
                    coalesce(max((request ->> 'maxOutputTokens')::bigint), 0) as reserved
                from (
                    select tokens_out, request from model_call
                    where agent = :agent and fault is null and not from_cache and tokens_out > 0
                    order by called_at desc limit 500
                ) latest having count(*) > 0""")
                .bind("agent", agent)
                .map((row, context) ->
                        new OutputTokens(row.getLong("answers"), row.getLong("p99"), row.getLong("reserved")))
                .findOne());
    }

    public Latency latencySince(String agent, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) as calls, coalesce(percentile_cont(0.95) within group (order by latency_ms), 0) as p95
                from model_call where agent = :agent and called_at >= :since and not from_cache
                    and route is distinct from 'candidate'""")
                .bind("agent", agent)
                .bind("since", since)
                .map((row, context) -> new Latency(row.getLong("calls"), Duration.ofMillis(row.getLong("p95"))))
                .one());
    }

    /** Input and output tokens by day, from the first to the last; without days that have none. */
    public Map<LocalDate, Long> tokensByDay(String agent, LocalDate first, LocalDate last, ZoneId zone) {
        var starts = JournalFigures.starts(first, last, zone);
        return jdbi.withHandle(handle -> handle.createQuery("""
                select width_bucket(called_at, :starts::timestamptz[]) as day,
                    sum(coalesce(tokens_in, 0) + coalesce(tokens_out, 0)) as tokens
                from model_call
                where agent = :agent and called_at >= :from::timestamptz and called_at < :to::timestamptz and not from_cache
                group by day having sum(coalesce(tokens_in, 0) + coalesce(tokens_out, 0)) > 0""")
                .bind("agent", agent)
                .bindArray("starts", String.class, (Object[]) starts)
                .bind("from", starts[0])
                .bind("to", starts[starts.length - 1])
                .map((row, context) -> Map.entry(first.plusDays(row.getInt("day") - 1), row.getLong("tokens")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
