package dev.drydock.run;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.concurrent.GracefulShutdown.Pass;
import dev.drydock.concurrent.Threads;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.Schedule;
import dev.drydock.database.Database;
import dev.drydock.journal.OpenRuns;
import dev.drydock.journal.RunResult;
import dev.drydock.journal.SkipReason;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Starts cycles: over all processes one at a time for each agent, and one for each due time. */
@Singleton
public class AgentRunner {

    private static final String STILL_RUNS = "the previous cycle still runs";

    private final OpenRuns runs;
    private final CrashedRuns crashed;
    private final ExecuteRun execution;
    private final Threads threads;
    private final GracefulShutdown shutdown;

    AgentRunner(OpenRuns runs, CrashedRuns crashed, ExecuteRun execution, Threads threads, GracefulShutdown shutdown) {
        this.runs = runs;
        this.crashed = crashed;
        this.execution = execution;
        this.threads = threads;
        this.shutdown = shutdown;
    }

    /** Runs one cycle now and waits for its end. A cycle that fails is a result, not an exception. */
    public RunResult run(RegisteredAgent<?, ?> agent) {
        return run(agent, RunRequest.DEFAULT);
    }

    /** The same, as requested. */
    public RunResult run(RegisteredAgent<?, ?> agent, RunRequest request) {
        try (var pass = shutdown.enter()) {
            return open(agent, null)
                    .map(id -> execution.execute(agent, id, request))
                    .or(() -> skip(agent, null, RunResult.skipped(SkipReason.ALREADY_RUNNING, STILL_RUNS)))
                    .orElseThrow();
        } catch (RuntimeException e) {
            return databaseUnavailable(agent, e);
        }
    }

    /**
     * Runs the cycle of a due time, unless another process was first, and waits for its end.
     *
     * @return empty if another process runs or ran it
     */
    Optional<RunResult> runDue(RegisteredAgent<?, ?> agent, Instant dueAt) {
        try (var pass = shutdown.enter()) {
            crashed.closeAsCrashed(agent.name()); // this crash may be the one that makes it a crash loop
            if (crashed.isCrashLooping(agent.name())) {
                return skip(agent, dueAt, RunResult.skipped(SkipReason.CRASH_LOOPING, "the agent is in a crash loop"));
            }
            var runId = open(agent, dueAt);
            if (runId.isPresent()) {
                var settings = agent.settings();
                var request = new RunRequest(settings.schedule().nextAfter(dueAt, settings.zone()), false);
                return runId.map(id -> execution.execute(agent, id, request));
            }
            return runs.overlaps(agent.name(), dueAt)
                    ? skip(agent, dueAt, RunResult.skipped(SkipReason.ALREADY_RUNNING, STILL_RUNS))
                    : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(databaseUnavailable(agent, e));
        }
    }

    /**
     * Starts a cycle and does not wait for its end.
     *
     * @return the run's id; empty if a cycle of the agent still runs, or if the process stops
     */
    public Optional<UUID> start(RegisteredAgent<?, ?> agent) {
        var pass =
                shutdown.enter(); // held until the cycle has ended, or shutdown would not wait for a thread that is yet
        // to
        // begin
        var runId = Optional.<UUID>empty();
        try {
            runId = open(agent, null);
            runId.ifPresent(id -> threads.start(() -> execute(agent, id, pass)));
            return runId;
        } finally {
            if (runId.isEmpty()) {
                pass.close();
            }
        }
    }

    private void execute(RegisteredAgent<?, ?> agent, UUID runId, Pass begun) {
        try (var pass = begun) {
            pass.takeOver();
            execution.execute(agent, runId, RunRequest.DEFAULT);
        }
    }

    /** What prevents a run may be the run of a dead process, or the same due time before the clock was set back. */
    private Optional<UUID> open(RegisteredAgent<?, ?> agent, @Nullable Instant dueAt) {
        if (shutdown.stopping()) {
            return Optional.empty(); // its run would stay open, and hold up the next process until its lease expires
        }
        var mode = agent.settings().mode();
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

    private Optional<RunResult> skip(RegisteredAgent<?, ?> agent, @Nullable Instant dueAt, RunResult result) {
        return runs.skip(agent.name(), agent.settings().mode(), dueAt, result)
                .map(id -> execution.skip(agent, result.of(id)));
    }

    private RunResult databaseUnavailable(RegisteredAgent<?, ?> agent, RuntimeException fault) {
        if (!Database.isUnavailable(fault)) {
            throw fault;
        }
        return execution.skip(agent, fault);
    }
}
