package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** The evidence in the journal for the production checklist. */
@Singleton
public class CheckFigures {

    /** Days on which an agent decided in shadow mode, and how many of its entries failed then. */
    public record ShadowDays(String agent, int days, long decided, long failed) {}

    /**
     * Runs that ended.
     *
     * @param recovered skipped because the source was down, with a later completed one of the same agent
     * @param retried skipped because the model was down
     */
    public record Runs(long all, long retried, long recovered, long duplicates, long traced) {}

    /**
     * Model calls of the last 30 days.
     *
     * @param retries later attempts that succeeded
     * @param repairs that asked again after an answer that could not be used
     * @param whole with the full request, and the full answer unless the call failed
     */
    public record Calls(long all, long retries, long repairs, long whole, long counted) {}

    /**
     * Entries.
     *
     * @param cut decided although something had to be cut from them
     * @param judged approved, rejected, returned or given feedback on by a person
     * @param twice delivered more than once, though no person sent them again
     */
    public record Entries(
            long decided,
            long byRule,
            long labelled,
            long poisoned,
            long unusable,
            long cut,
            long judged,
            long twice) {}

    /** The credentials of an API that were exchanged. */
    public record Tokens(String api, Instant changedAt) {}

    private final Jdbi jdbi;

    CheckFigures(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public ShadowDays shadow(String agent, ZoneId zone) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(distinct (started_at at time zone :zone)::date) filter (where decided > 0) as days,
                    coalesce(sum(decided), 0) as decided, coalesce(sum(failed), 0) as failed
                from run where agent = :agent and mode = 'SHADOW'""")
                .bind("agent", agent)
                .bind("zone", zone.getId())
                .map((row, context) ->
                        new ShadowDays(agent, row.getInt("days"), row.getLong("decided"), row.getLong("failed")))
                .one());
    }

    public Runs runs(Set<String> agents) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) as all_of_them, coalesce(sum(duplicates), 0) as duplicates,
                    count(*) filter (where skip_reason = 'MODEL_DOWN') as retried,
                    count(*) filter (where skip_reason = 'SOURCE_DOWN' and seq < last_completed) as recovered,
                    count(*) filter (where trace_id is not null) as traced
                from run left join (
                    select agent, max(seq) as last_completed from run
                    where outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS') group by agent) completed using (agent)
                where agent = any (:agents) and outcome <> 'RUNNING'""")
                .bindArray("agents", String.class, agents.toArray())
                .map((row, context) -> new Runs(
                        row.getLong("all_of_them"),
                        row.getLong("retried"),
                        row.getLong("recovered"),
                        row.getLong("duplicates"),
                        row.getLong("traced")))
                .one());
    }

    public Calls calls(Set<String> agents, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) as all_of_them, count(*) filter (where attempt > 1 and fault is null) as retries,
                    count(*) filter (where fault is null and request::text like '%That answer cannot be used:%') as repairs,
                    count(*) filter (where request is not null and (response is not null or fault is not null)) as whole,
                    count(*) filter (where tokens_in is not null and latency_ms is not null) as counted
                from model_call where agent = any (:agents) and called_at >= :since""")
                .bindArray("agents", String.class, agents.toArray())
                .bind("since", since)
                .map((row, context) -> new Calls(
                        row.getLong("all_of_them"),
                        row.getLong("retries"),
                        row.getLong("repairs"),
                        row.getLong("whole"),
                        row.getLong("counted")))
                .one());
    }

    public Entries entries(Set<String> agents) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) filter (where decided_at is not null) as decided,
                    count(*) filter (where decided_by = 'RULE') as by_rule, count(label) as labelled,
                    count(*) filter (where state = 'POISONED') as poisoned,
                    count(*) filter (where state = 'POISONED' and fault like '%UnusableAnswer%') as unusable,
                    count(*) filter (where tokens_cut > 0 and decided_at is not null) as cut,
                    count(*) filter (where approved_at is not null or returned_at is not null or state = 'REJECTED'
                        or exists (select from feedback where entry_id = entry.id)) as judged,
                    count(*) filter (where returned_at is null and earlier_deliveries = 0 and deliveries > 1) as twice
                from entry left join (
                    select entry_id, count(*) as deliveries from delivery where outcome = 'DELIVERED' group by entry_id)
                    delivered on entry_id = entry.id
                where agent = any (:agents)""")
                .bindArray("agents", String.class, agents.toArray())
                .map((row, context) -> new Entries(
                        row.getLong("decided"),
                        row.getLong("by_rule"),
                        row.getLong("labelled"),
                        row.getLong("poisoned"),
                        row.getLong("unusable"),
                        row.getLong("cut"),
                        row.getLong("judged"),
                        row.getLong("twice")))
                .one());
    }

    /** Whether a process that ran before then had a run that completed after it. */
    public boolean isSurvivedBy(Instant then) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                select exists (select from run where outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS')
                    group by owner having min(started_at) < :then and max(started_at) > :then)""").bind("then", then).mapTo(Boolean.class).one());
    }

    /** By rule, when an alert was last taken by a channel other than the log. */
    public Map<String, Instant> alertsSent(Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select rule, max(sent_at) as at from notice join alert on alert.id = alert_id
                where sent_at >= :since and channel <> 'log' group by rule""")
                .bind("since", since)
                .map((row, context) -> Map.entry(row.getString("rule"), ResultSets.instant(row, "at")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Of APIs whose refresh token was replaced by their token server. */
    public List<Tokens> exchangedTokens() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select api, changed_at from api_tokens where encrypted is not null")
                .map((row, context) -> new Tokens(row.getString("api"), ResultSets.instant(row, "changed_at")))
                .list());
    }
}
