package dev.drydock.journal;

import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * What agents did on each day, in the zone of the process. The figures of a day are kept some hours after its end; only later days are
 * counted anew.
 */
@Singleton
public class DayFigures {

    /** @param name another one if a component of the record is added or means something else: what is kept stays as it was */
    private record Kind<T>(String name, Class<T> type, String sql) {}

    private record Day(String agent, LocalDate date) {}

    /** After its end, a day's last runs end and its last calls are stored. */
    private static final Duration SETTLED = Duration.ofHours(6);

    private static final Kind<WorkDay> WORK = new Kind<>("work", WorkDay.class, WorkDay.SQL);
    private static final Kind<CallDay> CALLS = new Kind<>("calls", CallDay.class, CallDay.SQL);

    private final Jdbi jdbi;
    private final Json json;
    private final ZoneId zone;
    private final InstantSource clock;

    DayFigures(Jdbi jdbi, Json json, DrydockConfig config, InstantSource clock) {
        this.jdbi = jdbi;
        this.json = json;
        this.zone = config.zone();
        this.clock = clock;
    }

    /** By agent, its entries and runs of each day from the first until today. */
    public Map<String, SortedMap<LocalDate, WorkDay>> work(Collection<String> agents, LocalDate first) {
        return days(WORK, agents, first);
    }

    /** By agent, its model calls of each day from the first until today. */
    public Map<String, SortedMap<LocalDate, CallDay>> calls(Collection<String> agents, LocalDate first) {
        return days(CALLS, agents, first);
    }

    private <T> Map<String, SortedMap<LocalDate, T>> days(Kind<T> kind, Collection<String> agents, LocalDate first) {
        var dates = first.datesUntil(today().plusDays(1)).toList();
        var figures = jdbi.withHandle(handle -> {
            var kept = kept(handle, kind, agents, first);
            var missing = agents.stream()
                    .flatMap(agent -> dates.stream().map(date -> new Day(agent, date)))
                    .filter(day -> !kept.containsKey(day))
                    .toList();
            var counted = count(handle, kind, missing);
            keep(handle, kind, counted);
            counted.putAll(kept);
            return counted;
        });
        var days = new HashMap<String, SortedMap<LocalDate, T>>();
        agents.forEach(agent -> days.put(agent, new TreeMap<>()));
        figures.forEach((day, text) ->
                Optional.ofNullable(days.get(day.agent())).orElseThrow().put(day.date(), json.read(text, kind.type())));
        return days;
    }

    /** Those of another zone are left out. */
    private Map<Day, String> kept(Handle handle, Kind<?> kind, Collection<String> agents, LocalDate first) {
        return figures(handle.createQuery("""
                select agent, (starts_at at time zone :zone)::date as day, figures from day_figures
                where agent = any (:agents) and kind = :kind and starts_at >= :first
                    and starts_at = date_trunc('day', starts_at, :zone)""")
                .bindArray("agents", String.class, agents.toArray())
                .bind("kind", kind.name())
                .bind("first", start(first))
                .bind("zone", zone.getId()));
    }

    private Map<Day, String> count(Handle handle, Kind<?> kind, List<Day> days) {
        return figures(handle.createQuery("""
                select day.agent, day.day, row_to_json(of_day) as figures
                from unnest(:agents, :days::date[], :starts::timestamptz[], :ends::timestamptz[])
                    as day (agent, day, starts_at, ends_at) cross join lateral (%s) of_day""".formatted(kind.sql()))
                .bindArray("agents", String.class, days.stream().map(Day::agent).toArray())
                .bindArray(
                        "days",
                        String.class,
                        days.stream().map(day -> day.date().toString()).toArray())
                .bindArray(
                        "starts",
                        String.class,
                        days.stream().map(day -> start(day.date()).toString()).toArray())
                .bindArray(
                        "ends",
                        String.class,
                        days.stream()
                                .map(day -> start(day.date().plusDays(1)).toString())
                                .toArray()));
    }

    private static Map<Day, String> figures(Query query) {
        return query.map((row, context) -> Map.entry(
                        new Day(row.getString("agent"), row.getObject("day", LocalDate.class)),
                        row.getString("figures")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Both clocks must agree: a process whose clock is ahead must not close days that are to come. */
    private void keep(Handle handle, Kind<?> kind, Map<Day, String> counted) {
        var batch = handle.prepareBatch("""
                insert into day_figures (agent, kind, starts_at, figures)
                select :agent, :kind, :starts, :figures::json where :settled < now() on conflict do nothing""");
        counted.forEach((day, figures) -> {
            var settled = start(day.date().plusDays(1)).plus(SETTLED);
            if (settled.isBefore(clock.instant())) {
                batch.bind("agent", day.agent())
                        .bind("kind", kind.name())
                        .bind("starts", start(day.date()))
                        .bind("figures", figures)
                        .bind("settled", settled)
                        .add();
            }
        });
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** Of figures that can be added. */
    static <T> long sum(Collection<T> parts, ToLongFunction<T> number) {
        return parts.stream().mapToLong(number).sum();
    }

    LocalDate today() {
        return day(clock.instant());
    }

    LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, zone);
    }

    Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
