package dev.drydock.database;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Remembers that the database refused a statement for no fault of the statement's, until a write succeeds again. */
@Singleton
public class RefusedStatements implements SqlLogger {

    private volatile @Nullable String sqlState;

    public RefusedStatements() {}

    @Override
    public void logException(StatementContext context, SQLException fault) {
        var state = fault.getSQLState();
        if (state != null && Database.isUnavailable(state) && !Database.isConflict(fault)) {
            sqlState = state;
        }
    }

    /** The SQLSTATE of the last refusal. */
    Optional<String> last() {
        return Optional.ofNullable(sqlState);
    }

    /** The database writes again. */
    void forget() {
        sqlState = null;
    }
}
