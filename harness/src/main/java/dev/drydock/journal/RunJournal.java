package dev.drydock.journal;

import dev.drydock.agent.Window;
import dev.drydock.database.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What is written down of an open run: its trace, its window, its end. */
@Singleton
public class RunJournal {

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final RunLocks locks;

    RunJournal(Jdbi jdbi, InstantSource clock, RunLocks locks) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.locks = locks;
    }

    /** Says where the run can be seen from the inside. */
    public void traced(UUID id, String traceId) {
        jdbi.useHandle(handle -> handle.createUpdate("update run set trace_id = :trace where id = :id")
                .bind("id", id)
                .bind("trace", traceId)
                .execute());
    }

    /**
     * From where the last completed cycle ended, less the overlap; never further back than {@code lookBack}. If a clock
     * was set back since, the end counts as now.
     */
    public Window windowFor(String agent, Duration lookBack, Duration overlap) {
        var now = clock.instant();
        var completed = jdbi.withHandle(handle -> handle.createQuery("""
                select window_to from run
                where agent = :agent and outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS')
                order by seq desc limit 1""")
                .bind("agent", agent)
                .map((row, context) -> ResultSets.instant(row, "window_to"))
                .findOne());
        var earliest = now.minus(lookBack);
        var from = completed
                .map(end -> (end.isAfter(now) ? now : end).minus(overlap))
                .filter(start -> start.isAfter(earliest))
                .orElse(earliest);
        return new Window(from, now, completed.isEmpty());
    }

    /**
     * Closes a run, adds up what its model calls took, and frees the agent for the next one; not while the database is
     * away, since the end may still be stored.
     *
     * @return false if the run was no longer open: another process has taken it for crashed
     */
    public boolean close(UUID id, RunEnd end) {
        try {
            var closed = update(id, end);
            locks.release(id);
            return closed;
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                locks.release(id); // the run counts as crashed
            }
            throw e;
        }
    }

    private boolean update(UUID id, RunEnd end) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                update run set outcome = :outcome, skip_reason = :skipReason, fault = :fault, finished_at = :now,
                    window_from = :windowFrom, window_to = :windowTo,
                    fetched = :fetched, admitted = :admitted, duplicates = :duplicates, decided = :decided, failed = :failed,
                    (tokens_in, tokens_out, cost_usd) = (
                        select coalesce(sum(tokens_in), 0), coalesce(sum(tokens_out), 0),
                            case when count(*) = count(cost_usd) then coalesce(sum(cost_usd), 0) end
                        from model_call where run_id = :id)
                where id = :id and outcome = 'RUNNING'""")
                        .bind("id", id)
                        .bind("now", clock.instant())
                        .bind("outcome", end.outcome().name())
                        .bind(
                                "skipReason",
                                end.skipReason() == null
                                        ? null
                                        : end.skipReason().name())
                        .bind("fault", end.fault() == null ? null : Json.storable(end.fault()))
                        .bind(
                                "windowFrom",
                                end.window() == null ? null : end.window().from())
                        .bind(
                                "windowTo",
                                end.window() == null ? null : end.window().to())
                        .bind("fetched", end.counts().fetched())
                        .bind("admitted", end.counts().admitted())
                        .bind("duplicates", end.counts().duplicates())
                        .bind("decided", end.counts().decided())
                        .bind("failed", end.counts().failed())
                        .execute())
                == 1;
    }
}
