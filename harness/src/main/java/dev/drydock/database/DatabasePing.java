package dev.drydock.database;

import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** Asks the database whether it is there. */
@Singleton
public class DatabasePing {

    private final Jdbi jdbi;

    DatabasePing(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Within some seconds. */
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
