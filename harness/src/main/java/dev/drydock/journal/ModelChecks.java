package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The newest findings about each model. */
@Singleton
public class ModelChecks {

    private final Jdbi jdbi;
    private final InstantSource clock;

    ModelChecks(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Replaces what is known of a model. */
    public void store(String model, String findings) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                insert into model_check (model, checked_at, findings) values (:model, :now, :findings::json)
                on conflict (model) do update set checked_at = excluded.checked_at, findings = excluded.findings""")
                .bind("model", model)
                .bind("now", clock.instant())
                .bind("findings", findings)
                .execute());
    }

    /** JSON of the findings about a model; empty if it was never checked. */
    public Optional<String> find(String model) {
        return jdbi.withHandle(handle -> handle.createQuery("select findings from model_check where model = :model")
                .bind("model", model)
                .mapTo(String.class)
                .findOne());
    }
}
