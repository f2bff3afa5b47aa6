package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Aggregates over the journal, of all processes. */
@Singleton
public class JournalFigures {

    /** The number of an agent's entries in one state. */
    public record Standing(String agent, EntryState state, long entries) {}

    /** The number of an agent's HELD entries with one reason. */
    public record OnHold(String agent, HoldReason reason, long entries) {}

    /** An open alert about an agent. */
    public record OpenAlert(String agent, String rule) {}

    private record Latest(String agent, Instant at) {}

    private final Jdbi jdbi;

    JournalFigures(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public List<Standing> entries() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select agent, state, count(*) as entries from entry group by agent, state")
                .map((row, context) -> new Standing(
                        row.getString("agent"),
                        ResultSets.constant(row.getString("state"), EntryState.UNKNOWN),
                        row.getLong("entries")))
                .list());
    }

    /** Entries of earlier releases without a reason are counted with those that wait for a review. */
    public List<OnHold> held() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select agent, coalesce(hold_reason, 'REVIEW') as reason, count(*) as entries from entry
                where state = 'HELD' group by agent, reason""")
                .map((row, context) -> new OnHold(
                        row.getString("agent"),
                        ResultSets.constant(row.getString("reason"), HoldReason.UNKNOWN),
                        row.getLong("entries")))
                .list());
    }

    /** Those about agents. */
    public List<OpenAlert> openAlerts() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select distinct agent, rule from alert where resolved_at is null and agent is not null")
                .map((row, context) -> new OpenAlert(row.getString("agent"), row.getString("rule")))
                .list());
    }

    /** By agent, since when its oldest PENDING entry waits; without agents that have none. */
    public Map<String, Instant> oldestPending() {
        return instants("select agent, min(decided_at) as at from entry where state = 'PENDING' group by agent");
    }

    /** By agent, when its last completed cycle ended. */
    public Map<String, Instant> lastCompleted() {
        return instants("""
                select agent, max(finished_at) as at from run
                where outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS') group by agent""");
    }

    /** The median of an agent's last 20 cycles whose steps were done; empty if there is none. */
    public Optional<Duration> usualDuration(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select percentile_cont(0.5) within group (order by extract(epoch from finished_at - started_at)) as median
                from (
                    select started_at, finished_at from run
                    where agent = :agent and outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS', 'HOLLOW')
                    order by seq desc limit 20) recent
                having count(*) > 0""")
                .bind("agent", agent)
                .map((row, context) -> Duration.ofMillis((long) (row.getDouble("median") * 1000)))
                .findOne());
    }

    /** When runs of the agent were found to have crashed since then, the latest first. */
    public List<Instant> crashes(String agent, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select finished_at as at from run
                where agent = :agent and outcome = 'CRASHED' and finished_at >= :since
                order by finished_at desc""")
                .bind("agent", agent)
                .bind("since", since)
                .map((row, context) -> ResultSets.instant(row, "at"))
                .list());
    }

    /**
     * What the days from the first to the last have cost the agent, as far as prices are known and calls are kept; without
     * the days that cost nothing.
     */
    public Map<LocalDate, BigDecimal> spendByDay(String agent, LocalDate first, LocalDate last, ZoneId zone) {
        var starts = starts(first, last, zone);
        return jdbi.withHandle(handle -> handle.createQuery("""
                select width_bucket(called_at, :starts::timestamptz[]) as day, sum(cost_usd) as usd from model_call
                where agent = :agent and called_at >= :from::timestamptz and called_at < :to::timestamptz and cost_usd > 0
                group by day""")
                .bind("agent", agent)
                .bindArray("starts", String.class, (Object[]) starts)
                .bind("from", starts[0])
                .bind("to", starts[starts.length - 1])
                .map((row, context) -> Map.entry(first.plusDays(row.getInt("day") - 1), row.getBigDecimal("usd")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** When each day begins, and the one after the last. */
    static String[] starts(LocalDate first, LocalDate last, ZoneId zone) {
        return first.datesUntil(last.plusDays(2))
                .map(day -> day.atStartOfDay(zone).toInstant().toString())
                .toArray(String[]::new);
    }

    private Map<String, Instant> instants(String sql) {
        return jdbi
                .withHandle(handle -> handle.createQuery(sql)
                        .map((row, context) -> new Latest(row.getString("agent"), ResultSets.instant(row, "at")))
                        .list())
                .stream()
                .collect(Collectors.toMap(Latest::agent, Latest::at));
    }
}
