package dev.drydock.blackbox;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Lets the program's statements on {@code entry} wait in the database: a trigger asks for an advisory lock that the test
 * has. A server does not notice that its client died while a statement runs, so that the statement may still take effect,
 * though nobody hears of it any more. https://www.postgresql.org/docs/18/runtime-config-connection.html
 */
final class HeldStatement implements Obstacle {

    /** What becomes of the statement when the obstacle is taken away. */
    enum Fate {
        COMES_TO_NOTHING,
        TAKES_EFFECT
    }

    private static final String WAITING = "from pg_locks where locktype = 'advisory' and not granted";

    private final Connection lock;
    private final Fate fate;

    /**
     * @param statement {@code insert} or {@code update}
     * @param condition on {@code new}, and {@code old} for an update
     */
    HeldStatement(TestEnvironment environment, String statement, String condition, Fate fate) throws SQLException {
        this.lock = environment.connect();
        this.fate = fate;
        execute("select pg_advisory_lock(1)");
        execute("""
                create or replace function wait_for_test() returns trigger language plpgsql
                as 'begin perform pg_advisory_xact_lock(1); return new; end'""");
        execute("""
                create trigger held before %s on entry for each row when (%s) execute function wait_for_test()""".formatted(statement, condition));
    }

    @Override
    public boolean reached() throws SQLException {
        try (var query = lock.createStatement();
                var waiting = query.executeQuery("select 1 " + WAITING)) {
            return waiting.next();
        }
    }

    @Override
    public void close() throws SQLException {
        try (lock) {
            if (fate == Fate.COMES_TO_NOTHING) {
                execute("select pg_terminate_backend(pid, 10000) " + WAITING);
            }
            execute("select pg_advisory_unlock(1)");
            execute("drop trigger held on entry"); // waits until the statement has ended
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = lock.createStatement()) {
            statement.execute(sql);
        }
    }
}
