package dev.drydock.journal;

import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The entries to decide, oldest first: new ones, and those that an earlier cycle left open, but not the deferred ones, and none that
 * waits for the answer of a batch. Each start
 * is counted before it is made. A start by a run that crashed stays counted, so that an entry that ends its process is found in the end.
 */
@Singleton
@RetryConflicts
public class UndecidedEntries {

    /** Sorts before every id. */
    public static final UUID FROM_THE_START = new UUID(0, 0);

    private static final int MOST_BYTES = 1 << 21;

    /** An entry that was started in so many runs that crashed, the last time alone, is set aside. */
    private static final int MOST_STARTS = 3;

    /** Not while its calls are in a batch, and not while a person may still undo the approval of its tool calls. */
    private static final String TO_DECIDE = """
            state = 'ADMITTED' and not deferred and (next_delivery_at is null or next_delivery_at <= :now)
                and not exists (select from batch_call where entry_id = entry.id and batch_call.state = 'SENT')""";

    /**
     * An entry as the decision needs it; {@code item} is JSON of the agent's item record.
     *
     * @param answers what an earlier attempt keeps for this one; null if it called no tool that changes the world
     */
    public record Undecided(
            UUID id, String itemId, String item, @Nullable String answers) {}

    /**
     * What the runs that crashed have left.
     *
     * @param setAside entries that are POISONED now
     * @param some whether others were started in a run that crashed
     */
    public record Suspects(int setAside, boolean some) {}

    private final Jdbi jdbi;
    private final InstantSource clock;

    UndecidedEntries(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** How many there are. */
    public int count(String agent) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from entry where agent = :agent and " + TO_DECIDE)
                        .bind("agent", agent)
                        .bind("now", clock.instant())
                        .mapTo(Integer.class)
                        .one());
    }

    /**
     * Sets aside the entries that ended the process too often. The last start of the others no longer counts if its run ended
     * without a crash. Called once in a run, before its first start.
     */
    public Suspects suspects(String agent, UUID runId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                with ended as (
                    update entry set starts = starts - 1, started_run = null
                    from run
                    where entry.agent = :agent and state = 'ADMITTED' and starts > 0
                        and run.id = started_run and outcome not in ('CRASHED', 'RUNNING')
                ), set_aside as (
                    update entry set state = 'POISONED', run_id = :run, set_aside_at = :now,
                        fault = 'the process ended while it was decided: ' || starts || ' times, the last time alone'
                    from run
                    where entry.agent = :agent and state = 'ADMITTED' and starts >= :most
                        and run.id = started_run and outcome = 'CRASHED'
                    returning entry.id
                )
                select (select count(*) from set_aside) as set_aside, exists (
                    select from entry where agent = :agent and state = 'ADMITTED' and starts > 0) as some""")
                .bind("agent", agent)
                .bind("run", runId)
                .bind("most", MOST_STARTS)
                .bind("now", clock.instant())
                .map((row, context) -> new Suspects(row.getInt("set_aside"), row.getBoolean("some")))
                .one());
    }

    /**
     * Counts the start of at most {@code limit} entries that come after {@code after}, in one statement, and returns them. They
     * are fewer if their items are large, so that they fit into memory, and none only if there are no more.
     *
     * @param starts how many of their starts were not followed by an end; not fewer for the highest number
     */
    public List<Undecided> start(String agent, UUID runId, int starts, UUID after, int limit) {
        return jdbi
                .withHandle(handle -> handle.createQuery("""
                with next as (
                    select id from (
                        select id, sum(bytes) over (order by id) - bytes as before
                        from (
                            select id, coalesce(item_bytes, octet_length(item::text), 0) as bytes from entry
                            where agent = :agent and %s and id > :after
                                and least(starts, :most - 1) = :starts
                                and (starts = 0 or started_run is distinct from :run)
                            order by id limit :limit
                        ) as sized
                    ) as page
                    where before < :bytes
                )
                update entry set starts = starts + 1, started_run = :run
                from next where entry.id = next.id and state = 'ADMITTED'
                    and exists (select from run where run.id = :run and outcome = 'RUNNING')
                returning entry.id, item_id, item, answers""".formatted(TO_DECIDE))
                        .bind("agent", agent)
                        .bind("now", clock.instant())
                        .bind("run", runId)
                        .bind("starts", starts)
                        .bind("most", MOST_STARTS)
                        .bind("after", after)
                        .bind("limit", limit)
                        .bind("bytes", MOST_BYTES)
                        .map((row, context) -> read(row))
                        .list())
                .stream()
                .sorted(Comparator.comparing(Undecided::id))
                .toList();
    }

    /** One of them; empty if it is no longer to be decided. */
    public Optional<Undecided> one(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, item_id, item, answers from entry where id = :id and state = 'ADMITTED'")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne());
    }

    private static Undecided read(ResultSet row) throws SQLException {
        return new Undecided(
                row.getObject("id", UUID.class),
                row.getString("item_id"),
                row.getString("item"),
                row.getString("answers"));
    }
}
