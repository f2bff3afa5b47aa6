package dev.drydock.database;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Checks whether the database answers and accepts writes. */
@Singleton
public class DatabasePing {

    /** More than fits into the free space of a page, so that a full disk shows; 64 KB that PostgreSQL cannot compress. */
    private static final String WRITE_PROBE = """
            insert into write_probe (filler)
            select string_agg(gen_random_uuid()::text, '') from generate_series(1, 1800)""";

    private final Jdbi jdbi;
    private final RefusedStatements refused;

    DatabasePing(Jdbi jdbi, RefusedStatements refused) {
        this.jdbi = jdbi;
        this.refused = refused;
    }

    /**
     * Runs a query, and after a refused statement a write that is rolled back. Returns within seconds, by the driver's timeouts.
     *
     * @return why the database is unavailable; empty if it is available
     */
    public Optional<String> problem() {
        try {
            return jdbi.withHandle(this::problem);
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            return Optional.of(sqlState(e).map(DatabasePing::refuses).orElse("it does not answer"));
        }
    }

    private Optional<String> problem(Handle handle) {
        var readOnly = handle.createQuery("select current_setting('transaction_read_only')::boolean")
                .mapTo(Boolean.class)
                .one();
        if (readOnly) {
            return Optional.of("it is read-only");
        }
        if (refused.last().isPresent()) {
            handle.useTransaction(probe -> {
                probe.execute(WRITE_PROBE);
                probe.rollback();
            });
            refused.forget();
        }
        return Optional.empty();
    }

    private static String refuses(String sqlState) {
        return "it refuses to write (SQLSTATE %s%s)".formatted(sqlState, sqlState.equals("53100") ? ", disk full" : "");
    }

    /** Of a statement; a connection that fails has one of class 08, or none. */
    private static Optional<String> sqlState(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(state -> state != null && !state.startsWith("08"))
                .findFirst();
    }
}
