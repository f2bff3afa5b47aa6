package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Model responses that can be reused for identical requests. */
@Singleton
public class CachedAnswers {

    private final Jdbi jdbi;
    private final InstantSource clock;

    CachedAnswers(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** JSON of the response; empty if none is cached or it has expired. */
    public Optional<String> find(String key) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select response from cached_answer where key = :key and expires_at > :now")
                .bind("key", key)
                .bind("now", clock.instant())
                .mapTo(String.class)
                .findOne());
    }

    public void keep(String key, String response, Duration timeToLive) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                insert into cached_answer (key, response, expires_at) values (:key, :response::json, :expiresAt)
                on conflict (key) do update set response = excluded.response, expires_at = excluded.expires_at""")
                .bind("key", key)
                .bind("response", response)
                .bind("expiresAt", clock.instant().plus(timeToLive))
                .execute());
    }
}
