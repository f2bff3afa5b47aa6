package dev.drydock.journal;

import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The messages that ask for reviews. A process claims what it posts, so that each entry is posted once by all processes
 * together, also after a crash: what was claimed and not posted is counted with the others.
 */
@Singleton
@RetryConflicts
public class ReviewMessages {

    /** Stands for all entries that have no message of their own. */
    public static final UUID OTHERS = ReviewQueue.FROM_THE_START;

    private static final Duration LONGEST_POST = Duration.ofMinutes(5);

    /** A larger number is not counted. */
    private static final int MOST = 1_000;

    /**
     * A message that was posted.
     *
     * @param entry or {@link #OTHERS}
     * @param waits whether the entry still waits for a person; true for {@link #OTHERS}
     * @param count what the message says; 0 for an entry
     */
    public record Posted(UUID entry, String channel, String ts, boolean waits, int count) {}

    private static final String WITHOUT_MESSAGE =
            "not exists (select from review_message where entry_id = entry.id and %s)";

    private final Jdbi jdbi;
    private final InstantSource clock;

    ReviewMessages(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Claims entries that wait for a person, the oldest first, for this process to post.
     *
     * @param most so many messages of entries stand open at once
     */
    public List<UUID> claim(int most) {
        return jdbi.inTransaction(handle -> {
            lock(handle);
            return handle.createQuery("""
                    insert into review_message (entry_id, claimed_at)
                    select id, :now from entry where %s and %s order by id
                    limit (select greatest(0, :most - count(*)) from review_message where entry_id <> :others)
                    returning entry_id""".formatted(ReviewQueue.TO_REVIEW, WITHOUT_MESSAGE.formatted("true")))
                    .bind("now", clock.instant())
                    .bind("most", most)
                    .bind("others", OTHERS)
                    .mapTo(UUID.class)
                    .list();
        });
    }

    /** Claims the message about the others; false if it stands already, or another process posts it now. */
    public boolean claimOthers() {
        var now = clock.instant();
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into review_message (entry_id, claimed_at) values (:others, :now)
                        on conflict (entry_id) do update set claimed_at = :now
                        where review_message.ts is null and review_message.claimed_at < :before""")
                        .bind("others", OTHERS)
                        .bind("now", now)
                        .bind("before", now.minus(LONGEST_POST))
                        .execute())
                == 1;
    }

    /** Stores which message was posted, and what it counts. */
    public void posted(UUID entry, String channel, String ts, int count) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update review_message set channel = :channel, ts = :ts, waiting = :count where entry_id = :entry""")
                .bind("entry", entry)
                .bind("channel", channel)
                .bind("ts", ts)
                .bind("count", count)
                .execute());
    }

    /** Forgets a message: it was answered, or not posted. If its entry waits (again), it is posted anew. */
    public void forget(UUID entry) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from review_message where entry_id = :entry")
                .bind("entry", entry)
                .execute());
    }

    /** All messages that were posted and not forgotten. An approval that can be undone is not seen yet. */
    public List<Posted> posted() {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                    delete from review_message where ts is null and entry_id <> :others and claimed_at < :before
                        and not exists (select from entry where id = entry_id and %s)""".formatted(ReviewQueue.TO_REVIEW))
                    .bind("others", OTHERS)
                    .bind("before", clock.instant().minus(LONGEST_POST))
                    .execute();
            return posted(handle, clock.instant());
        });
    }

    private static List<Posted> posted(Handle handle, Instant now) {
        return handle.createQuery("""
                select *, entry_id = :others
                    or exists (select from entry where id = entry_id and %s)
                    or exists (select from undo where undo.entry_id = review_message.entry_id and until > :now) as waits
                from review_message where ts is not null order by entry_id""".formatted(ReviewQueue.TO_REVIEW))
                .bind("others", OTHERS)
                .bind("now", now)
                .map((row, context) -> new Posted(
                        row.getObject("entry_id", UUID.class),
                        row.getString("channel"),
                        row.getString("ts"),
                        row.getBoolean("waits"),
                        row.getInt("waiting")))
                .list();
    }

    /** How many entries wait for a person and have no message of their own, at most 1,000. */
    public int others() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        """
                select count(*) from (select from entry where %s and %s limit :most) others""".formatted(ReviewQueue.TO_REVIEW, WITHOUT_MESSAGE.formatted("ts is not null")))
                .bind("most", MOST)
                .mapTo(Integer.class)
                .one());
    }

    private static void lock(Handle handle) {
        handle.execute("lock table review_message in share row exclusive mode");
    }
}
