package dev.drydock.database;

import com.github.f4b6a3.uuid.UuidCreator;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;

/** Access to PostgreSQL, and the meaning of its errors. */
public final class Database {

    Database() {}

    @Produces
    @Singleton
    public static Jdbi jdbi(AgroalDataSource dataSource) {
        var jdbi = Jdbi.create(dataSource);
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true); // a filter that was not asked for
        // exception messages reach logs, which must not contain items or answers
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        return jdbi;
    }

    /** A UUIDv7: ids sort by the time they were made. */
    public static UUID newId() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }

    /** Whether a fault means that the database cannot be reached, as opposed to having refused a statement. */
    public static boolean isUnavailable(Throwable fault) {
        return causes(fault)
                .anyMatch(cause -> cause instanceof ConnectionException
                        || cause instanceof SQLTransientConnectionException
                        || says(cause, Database::isUnavailable));
    }

    /** Why there is no connection, with the remedy; empty if a fault means something else. */
    public static Optional<String> refusal(Throwable fault) {
        return causes(fault)
                .filter(cause -> says(cause, state -> isUnavailable(state) || isRefused(state)))
                .findFirst()
                .map(cause -> cannotConnect(String.valueOf(cause.getMessage())));
    }

    /** Whether user, password or database are wrong, so that another attempt fails, too. */
    public static boolean isRefused(Throwable fault) {
        return causes(fault).anyMatch(cause -> says(cause, Database::isRefused));
    }

    static String cannotConnect(String reason) {
        return "Cannot connect to the database: %s%nCheck whether it runs, and DATABASE_URL".formatted(reason);
    }

    private static Stream<Throwable> causes(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause);
    }

    private static boolean says(Throwable cause, Predicate<String> sqlState) {
        return cause instanceof SQLException sql && sql.getSQLState() != null && sqlState.test(sql.getSQLState());
    }

    /** Classes 28 (invalid authorization) and 3D (no such database). */
    private static boolean isRefused(String sqlState) {
        return sqlState.startsWith("28") || sqlState.startsWith("3D");
    }

    /**
     * Classes 08 (connection exception) and 57P (operator intervention: shutting down, starting up).
     * https://www.postgresql.org/docs/18/errcodes-appendix.html
     */
    private static boolean isUnavailable(String sqlState) {
        return sqlState.startsWith("08") || sqlState.startsWith("57P");
    }
}
