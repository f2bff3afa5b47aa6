package dev.drydock.journal;

import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What was seen to work, or to fail: the latest of each kind and subject. */
@Singleton
@RetryConflicts
public class Observations {

    /** What was tried. */
    public enum Kind {
        /** An alert channel was sent a test alert; the subject is the channel. */
        ALERT_TEST,
        /** An outside service was sent a ping; the subject is the agent. */
        HEARTBEAT,
        /** A run was replayed. */
        REPLAY,
        /** A person went back to the release before. */
        ROLLBACK,
        /** A person restored the database from a backup. */
        RESTORE,
        /** A scorecard was made. */
        SCORECARD
    }

    /**
     * A trial.
     *
     * @param subject an agent or a channel; empty for the whole process
     * @param detail for people; contains no secret
     * @param took null if nobody said
     */
    public record Observation(
            Kind kind,
            String subject,
            Instant seenAt,
            boolean ok,
            String detail,
            @Nullable Duration took) {}

    private final Jdbi jdbi;
    private final InstantSource clock;

    Observations(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Stores what was seen now, in place of what was seen before. */
    public void store(Kind kind, String subject, boolean ok, String detail, @Nullable Duration took) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                insert into observation (kind, subject, seen_at, ok, detail, took_ms)
                values (:kind, :subject, :now, :ok, :detail, :took)
                on conflict (kind, subject) do update set
                    seen_at = excluded.seen_at, ok = excluded.ok, detail = excluded.detail, took_ms = excluded.took_ms""")
                .bind("kind", kind.name())
                .bind("subject", subject)
                .bind("now", clock.instant())
                .bind("ok", ok)
                .bind("detail", Json.storable(detail))
                .bind("took", took == null ? null : took.toMillis())
                .execute());
    }

    /** The latest of each subject. */
    public List<Observation> of(Kind kind) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from observation where kind = :kind order by subject")
                .bind("kind", kind.name())
                .map((row, context) -> {
                    var took = ResultSets.nullableLong(row, "took_ms");
                    return new Observation(
                            kind,
                            row.getString("subject"),
                            ResultSets.instant(row, "seen_at"),
                            row.getBoolean("ok"),
                            row.getString("detail"),
                            took == null ? null : Duration.ofMillis(took));
                })
                .list());
    }

    public Optional<Observation> find(Kind kind, String subject) {
        return of(kind).stream().filter(seen -> seen.subject().equals(subject)).findFirst();
    }
}
