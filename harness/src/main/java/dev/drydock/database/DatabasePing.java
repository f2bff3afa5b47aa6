package dev.drydock.database;

import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** Checks whether the database answers. */
@Singleton
public class DatabasePing {

    private final Jdbi jdbi;

    DatabasePing(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Runs a query. Returns within seconds, by the driver's timeouts. */
    public boolean answers() {
        try {
            return jdbi.withHandle(handle ->
                    handle.createQuery("select true").mapTo(Boolean.class).one());
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            return false;
        }
    }
}
