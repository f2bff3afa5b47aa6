package dev.drydock.journal;

import dev.drydock.database.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;

/**
 * Times before which a model server, a source or a target takes no call, shared by all processes on the database. What another
 * process stored is known here within a second. Without the database, each process knows its own pauses only.
 */
@Singleton
public class Pauses {

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

    /** Stores when the next call may be made. Never shortens a pause. */
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

    /**
     * When the next call may be made; empty if now. Called before each call: one statement a second reads the pauses of all
     * keys, and the others who ask meanwhile do not wait for it.
     */
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
