package dev.drydock.run;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Run.Counts;
import dev.drydock.journal.RunJournal;
import dev.drydock.journal.RunResult;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Takes an open run to its end in the calling thread, and stores its result. */
@Singleton
class ExecuteRun {

    private static final Logger LOG = Logger.getLogger(ExecuteRun.class);

    private final RunJournal journal;
    private final Cycle cycle;
    private final StuckRunWatchdog watchdog;
    private final ClassifyFailure failures;
    private final RunTelemetry telemetry;

    ExecuteRun(
            RunJournal journal,
            Cycle cycle,
            StuckRunWatchdog watchdog,
            ClassifyFailure failures,
            RunTelemetry telemetry) {
        this.journal = journal;
        this.cycle = cycle;
        this.watchdog = watchdog;
        this.failures = failures;
        this.telemetry = telemetry;
    }

    /** Runs the cycle. Never throws: whatever the agent throws is part of the result. */
    RunResult execute(RegisteredAgent<?, ?> agent, UUID runId, RunRequest request) {
        return telemetry.around(agent, runId, traceId -> watched(agent, runId, traceId, request));
    }

    /** Publishes the result of a cycle that did not begin. */
    RunResult skip(RegisteredAgent<?, ?> agent, RunResult result) {
        return telemetry.skipped(agent, result);
    }

    /** The same, because the database is unavailable. */
    RunResult skip(RegisteredAgent<?, ?> agent, RuntimeException fault) {
        return telemetry.skipped(agent, failures.ofRun(fault, null, Counts.NONE));
    }

    /** The watch ends before the result is published, so that a slow observer does not make the run stuck. */
    private RunResult watched(RegisteredAgent<?, ?> agent, UUID runId, String traceId, RunRequest request) {
        try (var watch = watchdog.watch(agent.name(), runId)) {
            var stop = new StopCondition(() -> watch.isStopRequested() || !journal.mayWrite(runId), request.deadline());
            var result = watch.resultOf(run(agent, runId, traceId, request.all(), stop))
                    .of(runId);
            journal.close(runId, result);
            return result;
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "Cannot store the result of run %s; the run counts as crashed, and the next cycle resumes it",
                    runId);
            return failures.ofRun(e, null, Counts.NONE).of(runId);
        }
    }

    private RunResult run(RegisteredAgent<?, ?> agent, UUID runId, String traceId, boolean all, StopCondition stop) {
        try {
            journal.traced(runId, traceId);
            var settings = agent.settings();
            var window = journal.windowFor(agent.name(), settings.lookBack(), settings.overlap());
            telemetry.started(agent, window);
            return cycle.run(agent, runId, window, all, stop);
        } catch (Throwable e) { // an Error, too, or the run would stay open
            return stop.isStopped() ? RunResult.interrupted(null, Counts.NONE) : failures.ofRun(e, null, Counts.NONE);
        }
    }
}
