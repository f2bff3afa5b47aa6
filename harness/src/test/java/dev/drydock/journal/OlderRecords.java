package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/** Makes records such as other releases left, and counts statements. */
@Singleton
public class OlderRecords {

    /** Work that may throw. */
    @FunctionalInterface
    public interface Work {

        void run() throws Exception;
    }

    private final Jdbi jdbi;

    OlderRecords(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** As if the entry's calls had been made with another text in place of this one, by another version of the prompt. */
    public void askedWith(UUID entryId, String version, String now, String then) {
        jdbi.useHandle(handle -> handle.execute("""
                update model_call set prompt_version = ?, request = replace(request::text, ?, ?)::json
                where entry_id = ?""", version, now, then, entryId));
    }

    /** As if all decisions of the agent, and what its labels rest on, came from another version of the prompt. */
    public void decidedBy(String agent, String version) {
        for (var table : List.of("entry", "earned_label")) {
            jdbi.useHandle(handle -> handle.execute("""
                    update %s set asked = array(
                        select regexp_replace(one, ' [0-9a-f]{12} ', ' ' || ? || ' ') from unnest(asked) one)
                    where agent = ?""".formatted(table), version, agent));
        }
    }

    /** As if the entry's answers had ended for this reason. */
    public void finishedWith(UUID entryId, String reason) {
        jdbi.useHandle(handle ->
                handle.execute("update model_call set finish_reason = ? where entry_id = ?", reason, entryId));
    }

    /** As if the retention of calls had passed. */
    public void forgetCalls(UUID entryId) {
        jdbi.useHandle(handle -> handle.execute("delete from model_call where entry_id = ?", entryId));
    }

    /** How many calls the agent has made for no run. */
    public int callsOutsideOfRuns(String agent) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from model_call where agent = :agent and run_id is null")
                        .bind("agent", agent)
                        .mapTo(Integer.class)
                        .one());
    }

    /** How many statements the work takes. Other work of the application counts, too. */
    public int statements(Work work) throws Exception {
        var logger = jdbi.getConfig(SqlStatements.class).getSqlLogger();
        var count = new Count();
        jdbi.setSqlLogger(count);
        try {
            work.run();
        } finally {
            jdbi.setSqlLogger(logger);
        }
        return count.statements;
    }

    private static final class Count implements SqlLogger {

        private int statements;

        @Override
        public void logAfterExecution(StatementContext context) {
            var sql = context.getRenderedSql();
            if (sql.contains("entry")) {
                statements++;
            }
        }
    }
}
