package dev.drydock.journal;

import dev.drydock.database.Database;
import dev.drydock.http.SharedPauses;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Times before which a model server, a source or a target takes no call, shared by all processes on the database. What another
 * process stored is known here within a second. Without the database, each process knows its own pauses only.
 */
@Singleton
public class Pauses implements SharedPauses {

    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Calls in flight are refused together: a pause that ends only so much later is not stored. */
    private static final Duration SAME = Duration.ofMillis(100);

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Map<String, Instant> known = new ConcurrentHashMap<>();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Instant readAt = Instant.MIN;

    Pauses(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Override
    public void extend(String key, Instant until) {
        var before = known.get(key);
        if (before != null && !until.isAfter(before.plus(SAME))) {
            return;
        }
        known.merge(key, until, Pauses::later);
        whereAvailable(() -> jdbi.useHandle(handle ->
                handle.createUpdate("""
                insert into pause (key, ends_at) values (:key, :until)
                on conflict (key) do update set ends_at = excluded.ends_at where pause.ends_at < excluded.ends_at""").bind("key", key).bind("until", until).execute()));
    }

    /** Called before each call: one statement a second reads the pauses of all keys, and who asks meanwhile does not wait for it. */
    @Override
    public Optional<Instant> until(String key) {
        var now = clock.instant();
        if (isStale(now) && reading.tryLock()) {
            try {
                whereAvailable(() -> read(now));
                readAt = now;
            } finally {
                reading.unlock();
            }
        }
        return Optional.ofNullable(known.get(key)).filter(now::isBefore);
    }

    /**
     * Begins a pause unless one is under way, so that of several processes one goes first.
     *
     * @return whether this process began it; true without the database
     */
    public boolean begin(String key, Duration pause) {
        var now = clock.instant();
        var begun = new boolean[] {true};
        whereAvailable(() -> begun[0] = jdbi.withHandle(handle -> handle.createUpdate("""
                insert into pause (key, ends_at) values (:key, :until)
                on conflict (key) do update set ends_at = excluded.ends_at where pause.ends_at <= :now""")
                        .bind("key", key)
                        .bind("until", now.plus(pause))
                        .bind("now", now)
                        .execute()
                == 1));
        return begun[0];
    }

    /** By one statement, so that of several processes one takes the turn. */
    @Override
    public Optional<Instant> take(String key, Duration interval) {
        var now = clock.instant();
        var busy = new AtomicReference<@Nullable Instant>();
        whereAvailable(() -> busy.set(jdbi.withHandle(handle -> handle.createQuery("""
                with taken as (
                    insert into pause (key, ends_at) values (:key, :next)
                    on conflict (key) do update set ends_at = excluded.ends_at where pause.ends_at <= :now
                    returning key
                )
                select ends_at from pause where key = :key and not exists (select from taken)""")
                .bind("key", key)
                .bind("next", now.plus(interval))
                .bind("now", now)
                .map((row, context) -> ResultSets.instant(row, "ends_at"))
                .findOne()
                .orElse(null))));
        return Optional.ofNullable(busy.get());
    }

    /** Also when the clock was set back. */
    private boolean isStale(Instant now) {
        return now.isBefore(readAt) || !now.isBefore(readAt.plus(FRESH));
    }

    private void read(Instant now) {
        known.values().removeIf(end -> !now.isBefore(end));
        jdbi.useHandle(handle -> handle.createQuery("select key, ends_at from pause where ends_at > :now")
                .bind("now", now)
                .map((row, context) -> Map.entry(row.getString("key"), ResultSets.instant(row, "ends_at")))
                .forEach(pause -> known.merge(pause.getKey(), pause.getValue(), Pauses::later)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static void whereAvailable(Runnable statement) {
        try {
            statement.run();
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
        }
    }
}
