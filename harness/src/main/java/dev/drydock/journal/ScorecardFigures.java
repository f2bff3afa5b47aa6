package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** An agent's figures of a period, for the scorecard. */
@Singleton
public class ScorecardFigures {

    /**
     * What happened from the begin of a period to before its end.
     *
     * @param failed set aside as POISONED or UNDELIVERABLE
     * @param judged outputs that a person approved, rejected or gave feedback on
     * @param agreed of these, the ones that nobody rejected or corrected to another label
     * @param dangerous of these, the ones with a mistake that the agent's spec calls dangerous
     * @param completed runs
     * @param usd null if the cost of a run is not known
     * @param p95Millis of the model calls that are still kept; null without any
     */
    public record Period(
            long inputs,
            long decided,
            long failed,
            long delivered,
            long judged,
            long agreed,
            long dangerous,
            long completed,
            @Nullable BigDecimal usd,
            @Nullable Long p95Millis,
            long alerts) {}

    /** A prompt or model that was used for the first time, in place of another. */
    public record Change(Instant at, String what) {}

    private final Jdbi jdbi;

    ScorecardFigures(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Period period(String agent, Instant from, Instant to) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select
                    (select count(*) from entry where agent = :agent and admitted_at >= :from and admitted_at < :to) as inputs,
                    (select count(*) from entry where agent = :agent and decided_at >= :from and decided_at < :to) as decided,
                    (select count(*) from entry where agent = :agent and state in ('POISONED', 'UNDELIVERABLE')
                        and set_aside_at >= :from and set_aside_at < :to) as failed,
                    (select count(*) from entry where agent = :agent and delivered_at >= :from and delivered_at < :to)
                        as delivered,
                    judged.outputs as judged, judged.agreed, judged.dangerous,
                    run.completed, run.usd,
                    (select percentile_disc(0.95) within group (order by latency_ms) from model_call
                        where agent = :agent and called_at >= :from and called_at < :to and not from_cache
                            and route is distinct from 'candidate') as p95,
                    (select count(*) from alert where agent = :agent and opened_at >= :from and opened_at < :to
                        and severity <> 'INFO') as alerts
                from (
                    select count(*) filter (where outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS')) as completed,
                        case when count(*) = count(cost_usd) or sum(tokens_in) = 0 then coalesce(sum(cost_usd), 0) end as usd
                    from run where agent = :agent and started_at >= :from and started_at < :to and outcome <> 'RUNNING'
                ) run, (
                    select count(*) as outputs, count(*) filter (where agreed) as agreed,
                        count(*) filter (where dangerous) as dangerous
                    from (
                        select id, bool_and(agreed) as agreed, bool_or(dangerous) as dangerous
                        from (
                            select id, true as agreed, false as dangerous from entry
                            where agent = :agent and approved_at >= :from and approved_at < :to
                            union all
                            select id, false, false from entry
                            where agent = :agent and state = 'REJECTED' and set_aside_at >= :from and set_aside_at < :to
                            union all
                            select entry.id, coalesce(correct_label = coalesce(original_label, label), verdict = 'UP'), dangerous
                            from feedback join entry on entry.id = entry_id
                            where agent = :agent and given_at >= :from and given_at < :to
                                and (correct_label is not null or verdict is not null)
                        ) judgement group by id
                    ) output
                ) judged""")
                .bind("agent", agent)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> new Period(
                        row.getLong("inputs"),
                        row.getLong("decided"),
                        row.getLong("failed"),
                        row.getLong("delivered"),
                        row.getLong("judged"),
                        row.getLong("agreed"),
                        row.getLong("dangerous"),
                        row.getLong("completed"),
                        row.getBigDecimal("usd"),
                        ResultSets.nullableLong(row, "p95"),
                        row.getLong("alerts")))
                .one());
    }

    /** By day, the time of its first output: a delivery, or a decision where nothing is delivered. */
    public Map<LocalDate, LocalTime> firstOutputs(
            String agent, boolean decisions, ZoneId zone, Instant from, Instant to) {
        var time = decisions ? "decided_at" : "delivered_at";
        return jdbi.withHandle(handle -> handle.createQuery("""
                select local::date as day, min(local::time) as first
                from (select %s at time zone :zone as local from entry
                    where agent = :agent and %s >= :from and %s < :to) output
                group by day""".formatted(time, time, time))
                .bind("agent", agent)
                .bind("zone", zone.getId())
                .bind("from", from)
                .bind("to", to)
                .map((row, context) ->
                        Map.entry(row.getObject("day", LocalDate.class), row.getObject("first", LocalTime.class)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** In the order of time, as far as calls are kept. The first version of a prompt, and the first model, are no changes. */
    public List<Change> changes(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                with used as (
                    select 'prompt ' || coalesce(prompt_name, '') as what, prompt_version as version, min(called_at) as at
                    from model_call where agent = :agent and prompt_version is not null
                        and coalesce(route, '') not in ('candidate', 'unused') group by what, version
                    union all
                    select 'model', coalesce(model_asked, model_answered), min(called_at)
                    from model_call where agent = :agent and route is distinct from 'fallback'
                        and coalesce(route, '') not in ('candidate', 'unused')
                    group by coalesce(model_asked, model_answered)
                ), numbered as (
                    select *, row_number() over (partition by what order by at) as number from used
                )
                select at, what || ' ' || left(version, 24) as what from numbered where number > 1 order by at""")
                .bind("agent", agent)
                .map((row, context) -> new Change(ResultSets.instant(row, "at"), row.getString("what")))
                .list());
    }
}
