package dev.drydock.journal;

import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.provider.sql.DatabaseProduct;
import net.javacrumbs.shedlock.provider.sql.SqlConfiguration;
import net.javacrumbs.shedlock.provider.sql.SqlStatementsSource;
import net.javacrumbs.shedlock.support.AbstractStorageAccessor;
import org.jdbi.v3.core.Jdbi;

/**
 * Where ShedLock keeps its locks: rows, by the database's clock, each move one statement. Nothing hangs on a connection,
 * so that a pooler may stand between.
 */
final class LockStorage extends AbstractStorageAccessor {

    private final Jdbi jdbi;
    private final SqlStatementsSource statements;

    LockStorage(Jdbi jdbi, String owner) {
        this.jdbi = jdbi;
        this.statements = SqlStatementsSource.create(new Settings(owner));
    }

    @Override
    public boolean insertRecord(LockConfiguration lock) {
        return execute(statements.getInsertStatement(), lock);
    }

    @Override
    public boolean updateRecord(LockConfiguration lock) {
        return execute(statements.getUpdateStatement(), lock);
    }

    @Override
    public boolean extend(LockConfiguration lock) {
        return execute(statements.getExtendStatement(), lock);
    }

    @Override
    public void unlock(LockConfiguration lock) {
        execute(statements.getUnlockStatement(), lock);
    }

    private boolean execute(String sql, LockConfiguration lock) {
        return jdbi.withHandle(handle -> handle.createUpdate(sql)
                        .bindMap(statements.params(lock))
                        .execute())
                > 0;
    }

    /** The columns of the table {@code shedlock}; the time is the database's. */
    private static final class Settings extends SqlConfiguration {

        private Settings(String owner) {
            super(
                    DatabaseProduct.POSTGRES_SQL,
                    false,
                    DEFAULT_TABLE_NAME,
                    null,
                    new ColumnNames("name", "lock_until", "locked_at", "locked_by"),
                    owner,
                    true);
        }
    }
}
