package dev.drydock.journal;

import static dev.drydock.journal.DayFigures.sum;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** An agent's figures of single weeks, for the scorecard. */
@Singleton
public class ScorecardFigures {

    /**
     * What happened in one week.
     *
     * @param failed set aside as POISONED or UNDELIVERABLE
     * @param judged outputs that a person approved, rejected or gave feedback on
     * @param agreed of these, the ones that nobody rejected or corrected to another label
     * @param dangerous of these, the ones with a mistake that the agent's spec calls dangerous
     * @param completed runs
     * @param usd null if the cost of a run is not known
     * @param p95Millis of the model calls, by the first two digits of each; null without any
     * @param changes prompts and models that were used for the first time, in place of others
     */
    public record Week(
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
            long alerts,
            List<String> changes) {}

    /** A prompt or model that was not used for longer counts as another. */
    private static final int KNOWN_WEEKS = 5;

    /** What people said, and what had to be told them. */
    private record People(long failed, long judged, long agreed, long dangerous, long alerts) {}

    private record Change(Instant at, String what) {}

    private final Jdbi jdbi;
    private final DayFigures days;

    ScorecardFigures(Jdbi jdbi, DayFigures days) {
        this.jdbi = jdbi;
        this.days = days;
    }

    /** By its Monday, each week from that one until today. */
    public SortedMap<LocalDate, Week> weeks(String agent, LocalDate first) {
        var agents = Set.of(agent);
        var work = Optional.ofNullable(days.work(agents, first).get(agent)).orElseGet(TreeMap::new);
        var calls = Optional.ofNullable(
                        days.calls(agents, first.minusWeeks(KNOWN_WEEKS)).get(agent))
                .orElseGet(TreeMap::new);
        var changes = changes(calls.values());
        var weeks = new TreeMap<LocalDate, Week>();
        first.datesUntil(days.today().plusDays(1), Period.ofWeeks(1)).forEach(monday -> {
            var next = monday.plusWeeks(1);
            weeks.put(
                    monday,
                    week(
                            work.subMap(monday, next).values(),
                            calls.subMap(monday, next).values(),
                            people(agent, days.start(monday), days.start(next)),
                            changes.stream()
                                    .filter(change -> !change.at().isBefore(days.start(monday))
                                            && change.at().isBefore(days.start(next)))
                                    .map(Change::what)
                                    .toList()));
        });
        return weeks;
    }

    private static Week week(Collection<WorkDay> work, Collection<CallDay> calls, People people, List<String> changes) {
        var latencies = new Counted();
        calls.forEach(day -> latencies.add(day.latencies()));
        var known = sum(work, WorkDay::unpriced) == 0 || sum(work, WorkDay::tokensIn) == 0;
        return new Week(
                sum(work, WorkDay::inputs),
                sum(work, WorkDay::decided),
                people.failed(),
                sum(work, WorkDay::delivered),
                people.judged(),
                people.agreed(),
                people.dangerous(),
                sum(work, WorkDay::completed),
                known ? work.stream().map(WorkDay::usd).reduce(BigDecimal.ZERO, BigDecimal::add) : null,
                latencies.size() == 0 ? null : latencies.percentile(0.95),
                people.alerts(),
                changes);
    }

    private People people(String agent, Instant from, Instant to) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select
                    (select count(*) from entry where agent = :agent and state in ('POISONED', 'UNDELIVERABLE')
                        and set_aside_at >= :from and set_aside_at < :to) as failed,
                    (select count(*) from alert where agent = :agent and opened_at >= :from and opened_at < :to
                        and severity <> 'INFO') as alerts,
                    count(*) as judged, count(*) filter (where agreed) as agreed,
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
                ) output""")
                .bind("agent", agent)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> new People(
                        row.getLong("failed"),
                        row.getLong("judged"),
                        row.getLong("agreed"),
                        row.getLong("dangerous"),
                        row.getLong("alerts")))
                .one());
    }

    /** In the order of time. The first version of a prompt, and the first model, are no changes. */
    private static List<Change> changes(Collection<CallDay> days) {
        var first = new TreeMap<String, Map<String, Instant>>();
        for (var day : days) {
            for (var used : day.used()) {
                first.computeIfAbsent(used.what(), what -> new HashMap<>())
                        .putIfAbsent(used.version(), used.at().toInstant());
            }
        }
        return first.entrySet().stream()
                .flatMap(versions -> versions.getValue().entrySet().stream()
                        .sorted(Map.Entry.comparingByValue())
                        .skip(1)
                        .map(version -> new Change(
                                version.getValue(), "%s %.24s".formatted(versions.getKey(), version.getKey()))))
                .sorted(Comparator.comparing(Change::at))
                .toList();
    }

    /** By day, the time of its first output: a delivery, or a decision where nothing is delivered. */
    public Map<LocalDate, LocalTime> firstOutputs(
            String agent, boolean decisions, ZoneId zone, Instant from, Instant to) {
        var time = decisions ? "decided_at" : "delivered_at";
        return jdbi.withHandle(handle -> handle.createQuery("""
                select day::date as day, (first.at at time zone :zone)::time as first
                from generate_series(
                    date_trunc('day', :from::timestamptz at time zone :zone), :to::timestamptz at time zone :zone, '1 day') day
                cross join lateral (
                    select min(%s) as at from entry
                    where agent = :agent and %s >= greatest(day at time zone :zone, :from)
                        and %s < least((day + interval '1 day') at time zone :zone, :to)
                ) first
                where first.at is not null""".formatted(time, time, time))
                .bind("agent", agent)
                .bind("zone", zone.getId())
                .bind("from", from)
                .bind("to", to)
                .map((row, context) ->
                        Map.entry(row.getObject("day", LocalDate.class), row.getObject("first", LocalTime.class)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
