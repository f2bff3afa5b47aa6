package dev.drydock.journal;

import static dev.drydock.journal.DayFigures.sum;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** The evidence in the journal for the production checklist. */
@Singleton
public class CheckFigures {

    /** Days in the zone of the process on which an agent decided in shadow mode, and how many of its entries failed then. */
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
     * @param judged approved, rejected or given feedback on by a person, on each day of that
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

    /** What the journal has of all agents. */
    public record Seen(List<ShadowDays> shadow, Runs runs, Calls calls, Entries entries) {}

    private record Skipped(long retried, long recovered) {}

    private record Poisoned(long all, long unusable) {}

    private final Jdbi jdbi;
    private final DayFigures days;

    CheckFigures(Jdbi jdbi, DayFigures days) {
        this.jdbi = jdbi;
        this.days = days;
    }

    /**
     * Of entries and runs since the first run that is kept.
     *
     * @param callsSince from the start of that day on
     */
    public Seen seen(Set<String> agents, Instant callsSince) {
        var work = days.work(agents, firstDay(agents));
        var all =
                work.values().stream().flatMap(agent -> agent.values().stream()).toList();
        return new Seen(
                work.entrySet().stream()
                        .map(agent -> shadow(agent.getKey(), agent.getValue().values()))
                        .sorted(Comparator.comparing(ShadowDays::agent))
                        .toList(),
                runs(agents, all),
                calls(days.calls(agents, days.day(callsSince)).values().stream()
                        .flatMap(agent -> agent.values().stream())
                        .toList()),
                entries(agents, all));
    }

    private LocalDate firstDay(Set<String> agents) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select min(first.started_at) as at from unnest(:agents) agent (name) cross join lateral (
                    select started_at from run where run.agent = name order by seq limit 1) first""")
                .bindArray("agents", String.class, agents.toArray())
                .map((row, context) -> Optional.ofNullable(ResultSets.nullableInstant(row, "at")))
                .one()
                .map(days::day)
                .orElseGet(days::today));
    }

    private static ShadowDays shadow(String agent, Collection<WorkDay> days) {
        return new ShadowDays(
                agent,
                (int) days.stream().filter(day -> day.shadowDecided() > 0).count(),
                sum(days, WorkDay::shadowDecided),
                sum(days, WorkDay::shadowFailed));
    }

    private Runs runs(Set<String> agents, Collection<WorkDay> days) {
        var skipped = jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) filter (where skip_reason = 'MODEL_DOWN') as retried,
                    count(*) filter (where skip_reason = 'SOURCE_DOWN' and run.seq < completed.seq) as recovered
                from unnest(:agents) agent (name) cross join lateral (
                    select max(seq) as seq from run
                    where run.agent = name and outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS')) completed
                join run on run.agent = name and outcome = 'SKIPPED'""")
                .bindArray("agents", String.class, agents.toArray())
                .map((row, context) -> new Skipped(row.getLong("retried"), row.getLong("recovered")))
                .one());
        return new Runs(
                sum(days, WorkDay::runs),
                skipped.retried(),
                skipped.recovered(),
                sum(days, WorkDay::duplicates),
                sum(days, WorkDay::traced));
    }

    private static Calls calls(Collection<CallDay> days) {
        return new Calls(
                sum(days, CallDay::all),
                sum(days, CallDay::retries),
                sum(days, CallDay::repairs),
                sum(days, CallDay::whole),
                sum(days, CallDay::counted));
    }

    private Entries entries(Set<String> agents, Collection<WorkDay> days) {
        var poisoned = jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) as all_of_them, count(*) filter (where fault like '%UnusableAnswer%') as unusable
                from entry where agent = any (:agents) and state = 'POISONED'""")
                .bindArray("agents", String.class, agents.toArray())
                .map((row, context) -> new Poisoned(row.getLong("all_of_them"), row.getLong("unusable")))
                .one());
        return new Entries(
                sum(days, WorkDay::decided),
                sum(days, WorkDay::byRule),
                sum(days, WorkDay::labelled),
                poisoned.all(),
                poisoned.unusable(),
                sum(days, WorkDay::cut),
                sum(days, WorkDay::judged),
                sum(days, WorkDay::twice));
    }

    /** Whether a process that ran before then had a run that completed after it. */
    public boolean isSurvivedBy(Instant then) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                select exists (
                    select from (
                        select owner from run where outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS') and started_at < :then
                        order by started_at desc limit 100) earlier
                    join (
                        select owner from run where outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS') and started_at > :then
                        order by started_at limit 100) later using (owner))""").bind("then", then).mapTo(Boolean.class).one());
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
