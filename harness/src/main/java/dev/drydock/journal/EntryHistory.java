package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** An agent's entries, for alert rules. */
@Singleton
public class EntryHistory {

    /** How many entries runs worked on, and how many of them they could not decide. */
    public record Share(long entries, long failed) {}

    /** The number of waiting entries, and since when the oldest waits. */
    public record Waiting(long entries, Instant since) {}

    private final Jdbi jdbi;

    EntryHistory(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Decided entries by label, from the first time (inclusive) to the second (exclusive). */
    public Map<String, Long> labels(String agent, Instant from, Instant to) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select label, count(*) as entries from entry
                where agent = :agent and decided_at >= :from and decided_at < :to and label is not null
                group by label""")
                .bind("agent", agent)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> Map.entry(row.getString("label"), row.getLong("entries")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Those in this state, by when they were decided, or else admitted; empty if there are none. */
    public Optional<Waiting> waiting(String agent, EntryState state) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) as entries, min(coalesce(decided_at, admitted_at)) as since from entry
                where agent = :agent and state = :state
                having count(*) > 0""")
                .bind("agent", agent)
                .bind("state", state.name())
                .map((row, context) -> new Waiting(row.getLong("entries"), ResultSets.instant(row, "since")))
                .findOne());
    }

    /** How many are HELD for this reason. */
    public long held(String agent, HoldReason reason) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) from entry
                where agent = :agent and state = 'HELD' and hold_reason = :reason""")
                .bind("agent", agent)
                .bind("reason", reason.name())
                .mapTo(Long.class)
                .one());
    }

    /** How many were decided from the first time (inclusive) to the second (exclusive), and wait for their delivery. */
    public long pendingSince(String agent, Instant from, Instant to) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) from entry
                where agent = :agent and state = 'PENDING' and decided_at >= :from and decided_at < :to""")
                .bind("agent", agent)
                .bind("from", from)
                .bind("to", to)
                .mapTo(Long.class)
                .one());
    }

    /** How many have been set aside since then, in this state. */
    public long setAside(String agent, EntryState state, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) from entry
                where agent = :agent and state = :state and set_aside_at >= :since""")
                .bind("agent", agent)
                .bind("state", state.name())
                .bind("since", since)
                .mapTo(Long.class)
                .one());
    }

    /** Whether there is any, of whatever age. */
    public boolean exist(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("select exists (select from entry where agent = :agent)")
                .bind("agent", agent)
                .mapTo(Boolean.class)
                .one());
    }

    /** The sizes in bytes of the latest items, newest first; without those of releases that did not note it. */
    public List<Integer> sizes(String agent, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select item_bytes from entry where agent = :agent and item_bytes is not null
                order by id desc limit :limit""")
                .bind("agent", agent)
                .bind("limit", limit)
                .mapTo(Integer.class)
                .list());
    }

    /** What the runs decided that ended since then, and what they could not decide and is not decided yet. */
    public Share failuresSince(String agent, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) as entries, count(*) filter (where state in ('ADMITTED', 'POISONED')) as failed
                from run join entry on run_id = run.id
                where run.agent = :agent and finished_at >= :since
                    and (state in ('ADMITTED', 'POISONED') and attempts > 0 or decided_at >= started_at)""")
                .bind("agent", agent)
                .bind("since", since)
                .map((row, context) -> new Share(row.getLong("entries"), row.getLong("failed")))
                .one());
    }

    /** Whether anything was delivered since then that was decided since then, by a run that was due since then. */
    public boolean deliveredSince(String agent, Instant since) {
        return exists("delivered_at >= :since and", agent, since);
    }

    /** Whether anything was decided since then, by a run that was due since then. */
    public boolean decidedSince(String agent, Instant since) {
        return exists("", agent, since);
    }

    private boolean exists(String condition, String agent, Instant since) {
        var sql = """
                select exists (
                    select from entry left join run on run.id = run_id
                    where entry.agent = :agent and %s decided_at >= :since and coalesce(due_at, :since) >= :since)""".formatted(condition);
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("agent", agent)
                .bind("since", since)
                .mapTo(Boolean.class)
                .one());
    }
}
