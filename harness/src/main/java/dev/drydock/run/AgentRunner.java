package dev.drydock.run;

import dev.drydock.concurrent.Threads;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.Schedule;
import dev.drydock.database.Database;
import dev.drydock.journal.DeferredWrites;
import dev.drydock.journal.OpenRuns;
import dev.drydock.journal.SkipReason;
import dev.drydock.redact.Redactor;
import dev.drydock.run.RunEvent.CycleEnded;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts cycles: over all processes one of an agent at a time, and one for each due time. */
@Singleton
public class AgentRunner {

    private static final Logger LOG = Logger.getLogger(AgentRunner.class);

    private final OpenRuns runs;
    private final CrashedRuns crashed;
    private final DeferredWrites writes;
    private final ExecuteRun execution;
    private final Threads threads;
    private final Redactor redactor;
    private final PublishRunEvents watchers;

    AgentRunner(
            OpenRuns runs,
            CrashedRuns crashed,
            DeferredWrites writes,
            ExecuteRun execution,
            Threads threads,
            Redactor redactor,
            PublishRunEvents watchers) {
        this.runs = runs;
        this.crashed = crashed;
        this.writes = writes;
        this.execution = execution;
        this.threads = threads;
        this.redactor = redactor;
        this.watchers = watchers;
    }

    /** Runs one cycle now and waits for its end. Never throws for a cycle that went wrong: how it ended is in the report. */
    public RunReport run(RegisteredAgent<?, ?> agent) {
        try {
            return open(agent, null)
                    .map(id -> new RunReport(id, execution.execute(agent, id)))
                    .or(() -> skip(agent, null, SkipReason.ALREADY_RUNNING, "the cycle before still runs"))
                    .orElseThrow();
        } catch (RuntimeException e) {
            return databaseAway(agent, e);
        }
    }

    /**
     * Runs the cycle that is due at this time, in whichever process comes first, and waits for its end.
     *
     * @return empty if another process runs or has run it
     */
    Optional<RunReport> runDue(RegisteredAgent<?, ?> agent, Instant dueAt) {
        try {
            crashed.closeAsCrashed(agent.name()); // it may be the crash after which the agent is to wait
            if (crashed.isCrashLooping(agent.name())) {
                return skip(agent, dueAt, SkipReason.CRASH_LOOPING, "crashed again and again; waits a little");
            }
            var runId = open(agent, dueAt);
            if (runId.isPresent()) {
                return Optional.of(new RunReport(runId.get(), execution.execute(agent, runId.get())));
            }
            return runs.overlaps(agent.name(), dueAt)
                    ? skip(agent, dueAt, SkipReason.ALREADY_RUNNING, "the cycle before still runs")
                    : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(databaseAway(agent, e));
        }
    }

    /**
     * Starts a cycle and does not wait for its end.
     *
     * @return the run's id; empty if a cycle of the agent still runs
     */
    public Optional<UUID> start(RegisteredAgent<?, ?> agent) {
        var runId = open(agent, null);
        runId.ifPresent(id -> threads.start(() -> execution.execute(agent, id)));
        return runId;
    }

    /** What is in the way may be the run of a dead process, or the same time before a clock was set back. */
    private Optional<UUID> open(RegisteredAgent<?, ?> agent, @Nullable Instant dueAt) {
        var mode = agent.settings().mode();
        writes.flush(); // among it may be the end of the run before
        return runs.open(agent.name(), mode, dueAt)
                .or(() -> crashed.closeAsCrashed(agent.name()) || isDueAgain(agent, dueAt)
                        ? runs.open(agent.name(), mode, dueAt)
                        : Optional.empty());
    }

    private boolean isDueAgain(RegisteredAgent<?, ?> agent, @Nullable Instant dueAt) {
        return dueAt != null
                && agent.settings().schedule() instanceof Schedule.Every every
                && runs.isDueAgain(agent.name(), dueAt, every.interval());
    }

    private Optional<RunReport> skip(
            RegisteredAgent<?, ?> agent, @Nullable Instant dueAt, SkipReason reason, String why) {
        var end = RunReport.skipped(reason, why);
        var runId = runs.skip(agent.name(), agent.settings().mode(), dueAt, end);
        return runId.map(id -> {
            LOG.warnf("Skipped a cycle of %s: %s", agent.name(), why);
            return ended(agent, new RunReport(id, end));
        });
    }

    private RunReport databaseAway(RegisteredAgent<?, ?> agent, RuntimeException fault) {
        if (!Database.isUnavailable(fault)) {
            throw fault;
        }
        LOG.errorf("Skipped a cycle of %s: the database is away; the next cycle covers the time", agent.name());
        return ended(agent, new RunReport(null, RunReport.skipped(SkipReason.DATABASE_DOWN, redactor.fault(fault))));
    }

    private RunReport ended(RegisteredAgent<?, ?> agent, RunReport report) {
        watchers.tell(new CycleEnded(agent.name(), agent.settings().mode(), report, Duration.ZERO));
        return report;
    }
}
