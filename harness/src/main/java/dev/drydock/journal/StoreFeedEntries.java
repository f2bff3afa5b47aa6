package dev.drydock.journal;

import static dev.drydock.journal.Columns.column;

import dev.drydock.connect.FeedMemory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Remembers the entries of feeds by hashes. One that no feed has had for {@link #KEPT} is forgotten. */
@Singleton
public class StoreFeedEntries implements FeedMemory {

    private static final Duration KEPT = Duration.ofDays(400);

    /** An entry that a feed still has is noted so often. */
    private static final Duration NOTED = Duration.ofDays(1);

    private final Jdbi jdbi;

    StoreFeedEntries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Feed recall(UUID feed, Collection<String> keys) {
        return jdbi.withHandle(handle -> {
            var readAt = handle.createQuery("select read_at from feed where name = :feed")
                    .bind("feed", feed)
                    .map((row, context) -> ResultSets.instant(row, "read_at"))
                    .findOne();
            var entries = new HashMap<String, Known>();
            handle.createQuery("select key, id, appeared_at from feed_entry where feed = :feed and key = any(:keys)")
                    .bind("feed", feed)
                    .bindArray("keys", String.class, keys)
                    .map((row, context) -> Map.entry(
                            row.getString("key"),
                            new Known(row.getString("id"), ResultSets.instant(row, "appeared_at"))))
                    .forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
            return new Feed(readAt, entries);
        });
    }

    @Override
    public void remember(UUID feed, Instant readAt, Map<String, Known> entries) {
        var rows = new ArrayList<>(entries.entrySet());
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                    insert into feed_entry (feed, key, id, appeared_at, seen_at)
                    select :feed, key, id, to_timestamp(appeared), :now from unnest(:keys, :ids, :appeared) as new (key, id, appeared)
                    on conflict (feed, key) do update set seen_at = :now where feed_entry.seen_at < :noted""")
                    .bind("feed", feed)
                    .bind("now", readAt)
                    .bind("noted", readAt.minus(NOTED))
                    .bindArray("keys", String.class, column(rows, Map.Entry::getKey))
                    .bindArray(
                            "ids",
                            String.class,
                            column(rows, row -> row.getValue().id()))
                    .bindArray(
                            "appeared",
                            Double.class,
                            column(rows, row -> row.getValue().appearedAt().toEpochMilli() / 1000.0))
                    .execute();
            handle.createUpdate("""
                    insert into feed (name, read_at) values (:feed, :now)
                    on conflict (name) do update set read_at = greatest(feed.read_at, :now)""").bind("feed", feed).bind("now", readAt).execute();
            handle.createUpdate("delete from feed_entry where feed = :feed and seen_at < :old")
                    .bind("feed", feed)
                    .bind("old", readAt.minus(KEPT))
                    .execute();
        });
    }

    @Override
    public void missed(UUID feed, Instant askedAt) {
        jdbi.useHandle(
                handle -> handle.createUpdate("update feed set read_at = greatest(read_at, :now) where name = :feed")
                        .bind("feed", feed)
                        .bind("now", askedAt)
                        .execute());
    }
}
