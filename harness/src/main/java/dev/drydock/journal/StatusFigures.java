package dev.drydock.journal;

import com.fasterxml.jackson.annotation.JsonFormat;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** An agent's figures of the last days and weeks, for its status. Each is read by an index. */
@Singleton
public class StatusFigures {

    /** Runs that started since then and ended, but for those that another run made up for; and entries delivered since then. */
    public record Recent(long completed, long ended, long decided, long delivered) {}

    /** How often a label was decided in a period and in the one before. */
    public record LabelCount(String label, long now, long before) {}

    /**
     * What people said of outputs in one week.
     *
     * @param judged outputs that a person approved, rejected or gave feedback on
     * @param agreed of these, the ones that nobody rejected or corrected to another label
     * @param rating the mean, from 1 to 5; null without any
     */
    public record Judged(
            LocalDate monday,
            long judged,
            long agreed,
            long dangerous,
            @Nullable Double rating) {}

    /** What the calls of one model cost. */
    public record ModelSpend(
            String model,
            long calls,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal usd) {}

    /** A failed run, or an entry that was set aside. */
    public record Failure(
            Instant at,
            @Nullable UUID runId,
            @Nullable UUID entryId,
            String state,
            @Nullable String fault) {}

    private final Jdbi jdbi;

    StatusFigures(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Recent since(String agent, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) as ended, count(*) filter (where outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS')) as completed,
                    coalesce(sum(decided), 0) as decided,
                    (select count(*) from entry where agent = :agent and delivered_at >= :since) as delivered
                from run
                where agent = :agent and started_at >= :since and outcome not in ('RUNNING', 'INTERRUPTED')
                    and skip_reason is distinct from 'ALREADY_RUNNING'""")
                .bind("agent", agent)
                .bind("since", since)
                .map((row, context) -> new Recent(
                        row.getLong("completed"),
                        row.getLong("ended"),
                        row.getLong("decided"),
                        row.getLong("delivered")))
                .one());
    }

    /** The number of entries in each state in which somebody or something must move them. */
    public Map<EntryState, Long> waiting(String agent) {
        var counts = new EnumMap<EntryState, Long>(EntryState.class);
        jdbi.useHandle(handle -> handle.createQuery("""
                select state, count(*) as entries from entry
                where agent = :agent and state in ('HELD', 'PENDING', 'POISONED', 'UNDELIVERABLE', 'EXPIRED')
                group by state""")
                .bind("agent", agent)
                .map((row, context) -> counts.put(EntryState.valueOf(row.getString("state")), row.getLong("entries")))
                .list());
        return counts;
    }

    /** The latest first. */
    public List<Failure> failures(String agent, Instant since, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select * from (
                    (select started_at as at, id as run_id, null::uuid as entry_id, outcome as state, fault from run
                    where agent = :agent and started_at > :since and outcome in ('FAILED', 'STUCK', 'CRASHED')
                    order by started_at desc limit :limit)
                    union all
                    (select set_aside_at, run_id, id, state, fault from entry
                    where agent = :agent and set_aside_at > :since and state in ('POISONED', 'UNDELIVERABLE', 'EXPIRED')
                    order by set_aside_at desc limit :limit)
                ) failure order by at desc limit :limit""")
                .bind("agent", agent)
                .bind("since", since)
                .bind("limit", limit)
                .map((row, context) -> new Failure(
                        ResultSets.instant(row, "at"),
                        row.getObject("run_id", UUID.class),
                        row.getObject("entry_id", UUID.class),
                        row.getString("state"),
                        row.getString("fault")))
                .list());
    }

    /** Whether an output was out between two times: delivered, or decided where nothing is delivered. */
    public boolean anyOutput(String agent, boolean decisions, Instant from, Instant to) {
        var time = decisions ? "decided_at" : "delivered_at";
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select from entry where agent = :agent and %s >= :from and %s <= :to)"
                                .formatted(time, time))
                .bind("agent", agent)
                .bind("from", from)
                .bind("to", to)
                .mapTo(Boolean.class)
                .one());
    }

    /** The most frequent first. */
    public List<LabelCount> labels(String agent, Instant before, Instant from, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select coalesce(label, '') as label, count(*) filter (where decided_at >= :from) as now,
                    count(*) filter (where decided_at < :from) as before
                from entry where agent = :agent and decided_at >= :before
                group by label order by count(*) desc, label limit :limit""")
                .bind("agent", agent)
                .bind("before", before)
                .bind("from", from)
                .bind("limit", limit)
                .map((row, context) ->
                        new LabelCount(row.getString("label"), row.getLong("now"), row.getLong("before")))
                .list());
    }

    /** What the runs of each day cost, as far as prices are known; without the days that cost nothing. */
    public Map<LocalDate, BigDecimal> spendByDay(String agent, LocalDate first, LocalDate last, ZoneId zone) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select (started_at at time zone :zone)::date as day, sum(cost_usd) as usd from run
                where agent = :agent and started_at >= :from and started_at < :to and cost_usd > 0
                group by day""")
                .bind("agent", agent)
                .bind("zone", zone.getId())
                .bind("from", first.atStartOfDay(zone).toInstant())
                .bind("to", last.plusDays(1).atStartOfDay(zone).toInstant())
                .map((row, context) -> Map.entry(row.getObject("day", LocalDate.class), row.getBigDecimal("usd")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The most expensive first; without calls that cost nothing. */
    public List<ModelSpend> spendByModel(String agent, Instant since, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select coalesce(model_asked, '-') as model, count(*) as calls, sum(cost_usd) as usd from model_call
                where agent = :agent and called_at >= :since and cost_usd > 0
                group by model order by usd desc, model limit :limit""")
                .bind("agent", agent)
                .bind("since", since)
                .bind("limit", limit)
                .map((row, context) ->
                        new ModelSpend(row.getString("model"), row.getLong("calls"), row.getBigDecimal("usd")))
                .list());
    }

    /** By week from a Monday on, without those in which nothing was judged. */
    public List<Judged> judged(String agent, LocalDate first, ZoneId zone) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                with judgement as (
                    select id, approved_at as at, true as agreed, false as dangerous, null::integer as rating from entry
                    where agent = :agent and approved_at >= :from
                    union all
                    select id, set_aside_at, false, false, null from entry
                    where agent = :agent and state = 'REJECTED' and set_aside_at >= :from
                    union all
                    select entry.id, given_at, coalesce(correct_label = label, verdict = 'UP'), dangerous, rating
                    from feedback join entry on entry.id = entry_id
                    where agent = :agent and given_at >= :from
                ), output as (
                    select date_trunc('week', at at time zone :zone)::date as monday, id, bool_and(agreed) as agreed,
                        bool_or(dangerous) as dangerous, avg(rating) as rating
                    from judgement group by monday, id
                )
                select monday, count(agreed) as judged, count(*) filter (where agreed) as agreed,
                    count(*) filter (where dangerous) as dangerous, avg(rating) as rating
                from output group by monday order by monday""")
                .bind("agent", agent)
                .bind("zone", zone.getId())
                .bind("from", first.atStartOfDay(zone).toInstant())
                .map((row, context) -> new Judged(
                        row.getObject("monday", LocalDate.class),
                        row.getLong("judged"),
                        row.getLong("agreed"),
                        row.getLong("dangerous"),
                        row.getBigDecimal("rating") == null ? null : row.getDouble("rating")))
                .list());
    }
}
