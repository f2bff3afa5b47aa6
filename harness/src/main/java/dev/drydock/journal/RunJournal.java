package dev.drydock.journal;

import dev.drydock.agent.Window;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** What is written down of an open run: its trace, its window, its result. */
@Singleton
public class RunJournal {

    private static final Logger LOG = Logger.getLogger(RunJournal.class);

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final RunLeases leases;
    private final DeferredWrites writes;

    RunJournal(Jdbi jdbi, InstantSource clock, RunLeases leases, DeferredWrites writes) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.leases = leases;
        this.writes = writes;
    }

    /** Stores the id of the run's trace. */
    public void traced(UUID id, String traceId) {
        jdbi.useHandle(handle -> handle.createUpdate("update run set trace_id = :trace where id = :id")
                .bind("id", id)
                .bind("trace", traceId)
                .execute());
    }

    /**
     * The window to fetch: from the end of the last completed run's window, less the overlap, but at most {@code lookBack} ago.
     * If the clock was set back since, that end counts as now. A HOLLOW run did not complete: its window is covered again. The window
     * is the first until a run went through its steps, HOLLOW or not.
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
        var first = completed.isEmpty()
                && jdbi.withHandle(handle -> handle.createQuery(
                                "select not exists (select from run where agent = :agent and outcome = 'HOLLOW')")
                        .bind("agent", agent)
                        .mapTo(Boolean.class)
                        .one());
        var earliest = now.minus(lookBack);
        var from = completed
                .map(end -> (end.isAfter(now) ? now : end).minus(overlap))
                .filter(start -> start.isAfter(earliest))
                .orElse(earliest);
        return new Window(from, now, first);
    }

    /**
     * Closes a run with the sums of its model calls and ends its lease, now or as soon as the database is available. Throws if
     * the database refuses: then the lease expires, and the run counts as crashed.
     */
    public void close(UUID id, RunResult result) {
        try {
            writes.write("the end of run " + id, () -> {
                if (!update(id, result)) {
                    LOG.errorf(
                            "Run %s was closed as crashed before it ended; the next cycle resumes its open entries",
                            id);
                }
                leases.released(id);
            });
        } catch (RuntimeException e) {
            leases.released(id);
            throw e;
        }
    }

    /** False once another process closed the run as crashed, or is about to: then what the run stores is ignored. */
    public boolean mayWrite(UUID id) {
        return leases.holds(id);
    }

    private boolean update(UUID id, RunResult result) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                update run set outcome = :outcome, skip_reason = :skipReason, fault = :fault, finished_at = :now,
                    window_from = :windowFrom, window_to = :windowTo,
                    fetched = :fetched, admitted = :admitted, duplicates = :duplicates, decided = :decided, failed = :failed,
                    waiting = :waiting,
                    (tokens_in, tokens_out, cost_usd) = (
                        select coalesce(sum(tokens_in), 0), coalesce(sum(tokens_out), 0),
                            case when count(*) = count(cost_usd) then coalesce(sum(cost_usd), 0) end
                        from model_call where run_id = :id)
                where id = :id and outcome = 'RUNNING'""")
                        .bind("id", id)
                        .bind("now", clock.instant())
                        .bind("outcome", result.outcome().name())
                        .bind(
                                "skipReason",
                                result.skipReason() == null
                                        ? null
                                        : result.skipReason().name())
                        .bind("fault", result.fault() == null ? null : Json.storable(result.fault()))
                        .bind(
                                "windowFrom",
                                result.window() == null ? null : result.window().from())
                        .bind(
                                "windowTo",
                                result.window() == null ? null : result.window().to())
                        .bind("fetched", result.counts().fetched())
                        .bind("admitted", result.counts().admitted())
                        .bind("duplicates", result.counts().duplicates())
                        .bind("decided", result.counts().decided())
                        .bind("failed", result.counts().failed())
                        .bind("waiting", result.counts().waiting())
                        .execute())
                == 1;
    }
}
