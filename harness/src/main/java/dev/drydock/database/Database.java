package dev.drydock.database;

import com.github.f4b6a3.uuid.UuidCreator;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
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

    /**
     * Classes of errors that say nothing about the statement: connection exception, transaction rollback (deadlock,
     * serialization), insufficient resources (disk full, out of memory, too many connections), operator intervention (shutting
     * down, statement timeout), system error; and, of others, read-only transaction, idle timeouts, lock timeout, no privilege.
     * https://www.postgresql.org/docs/18/errcodes-appendix.html
     */
    private static final List<String> NOT_THE_STATEMENT =
            List.of("08", "40", "53", "57", "58", "25006", "25P03", "25P04", "55P03", "42501");

    Database() {}

    @Produces
    @Singleton
    public static Jdbi jdbi(AgroalDataSource dataSource, RefusedStatements refused) {
        var jdbi = Jdbi.create(dataSource);
        jdbi.setSqlLogger(refused);
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true); // a filter that was not asked for
        // exception messages reach logs, which must not contain items or answers
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        return jdbi;
    }

    /** A UUIDv7: ids sort by the time they were made. */
    public static UUID newId() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }

    /**
     * Whether a fault means that the database cannot be used: it cannot be reached, or it refuses whatever it is asked to write,
     * because it is read-only, its disk is full, or a statement takes too long. Not that it refused this statement for what it says.
     */
    public static boolean isUnavailable(Throwable fault) {
        return causes(fault)
                .anyMatch(cause -> cause instanceof ConnectionException
                        || cause instanceof SQLTransientConnectionException
                        || says(cause, Database::isUnavailable));
    }

    /** Whether PostgreSQL rolled a statement back because of another one, so that the same statement may succeed now. */
    public static boolean isConflict(Throwable fault) {
        return causes(fault).anyMatch(cause -> says(cause, state -> state.startsWith("40")));
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

    static boolean isUnavailable(String sqlState) {
        return NOT_THE_STATEMENT.stream().anyMatch(sqlState::startsWith);
    }
}
