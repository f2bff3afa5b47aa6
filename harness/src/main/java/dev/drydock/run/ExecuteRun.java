package dev.drydock.run;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.journal.DeferredWrites;
import dev.drydock.journal.RunEnd;
import dev.drydock.journal.RunJournal;
import dev.drydock.journal.RunLocks;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import dev.drydock.redact.Redactor;
import dev.drydock.run.RunEvent.CycleEnded;
import dev.drydock.run.RunEvent.CycleStarted;
import dev.drydock.trace.GenAi;
import dev.drydock.trace.Spans;
import io.opentelemetry.api.trace.Span;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Takes an open run to its end, in the calling thread, and writes the end down. */
@Singleton
class ExecuteRun {

    private static final Logger LOG = Logger.getLogger(ExecuteRun.class);

    private final RunJournal journal;
    private final RunLocks locks;
    private final DeferredWrites writes;
    private final Cycle cycle;
    private final GracefulShutdown underWay;
    private final StuckRunWatchdog watchdog;
    private final Redactor redactor;
    private final Spans spans;
    private final PublishRunEvents watchers;

    ExecuteRun(
            RunJournal journal,
            RunLocks locks,
            DeferredWrites writes,
            Cycle cycle,
            GracefulShutdown underWay,
            StuckRunWatchdog watchdog,
            Redactor redactor,
            Spans spans,
            PublishRunEvents watchers) {
        this.journal = journal;
        this.locks = locks;
        this.writes = writes;
        this.cycle = cycle;
        this.underWay = underWay;
        this.watchdog = watchdog;
        this.redactor = redactor;
        this.spans = spans;
        this.watchers = watchers;
    }

    /** One trace a run: its root is the invocation of the agent. Never throws. */
    RunEnd execute(RegisteredAgent<?, ?> agent, UUID runId) {
        return spans.aroundTrace(
                GenAi.INVOKE_AGENT + " " + agent.name(),
                span -> RunSpan.started(span, runId, agent),
                () -> execute(agent, runId, Span.current()));
    }

    private RunEnd execute(RegisteredAgent<?, ?> agent, UUID runId, Span span) {
        var traceId = span.getSpanContext().getTraceId();
        try (var context = RunLogContext.of(runId, agent, traceId);
                var pass = underWay.enter()) {
            watchers.tell(new CycleStarted(agent.name(), runId));
            var started = System.nanoTime();
            var end = watched(agent, runId, traceId);
            var took = Duration.ofNanos(System.nanoTime() - started);
            RunSpan.ended(span, end);
            RunLog.ended(agent, end);
            watchers.tell(new CycleEnded(agent.name(), agent.settings().mode(), new RunReport(runId, end), took));
            return end;
        }
    }

    /** The watch ends before the watchers are told, so that what they do cannot make a cycle stuck. */
    private RunEnd watched(RegisteredAgent<?, ?> agent, UUID runId, String traceId) {
        try (var watch = watchdog.watch(agent.name(), runId)) {
            var end = watch.judge(end(agent, runId, traceId));
            writes.write("the end of a run", () -> close(runId, end));
            return end;
        } catch (RuntimeException e) {
            locks.release(runId);
            LOG.error(
                    "The end of the cycle could not be stored; it will count as crashed, and the next one makes up", e);
            return failed(e);
        }
    }

    private void close(UUID runId, RunEnd end) {
        if (!journal.close(runId, end)) {
            LOG.error("The run was taken for crashed before it ended; its entries are left to the next cycle");
        }
    }

    private RunEnd end(RegisteredAgent<?, ?> agent, UUID runId, String traceId) {
        try {
            journal.traced(runId, traceId);
            var settings = agent.settings();
            var window = journal.windowFor(agent.name(), settings.lookBack(), settings.overlap());
            RunLog.started(agent, window);
            return cycle.run(agent, runId, window, () -> underWay.stopping() || !locks.holds(runId));
        } catch (InterruptedException e) { // not passed on: the end is still to be stored
            return new RunEnd(
                    RunOutcome.FAILED,
                    null,
                    "interrupted; what is open waits for the next cycle",
                    null,
                    RunReport.NOTHING);
        } catch (Throwable e) { // an Error must not leave the run open
            if (Database.isUnavailable(e)) {
                LOG.error("The database is away; what the cycle left open is taken up by the next one");
                return RunReport.skipped(SkipReason.DATABASE_DOWN, redactor.fault(e));
            }
            LOG.error("The cycle failed; what it left open is taken up by the next one", e);
            return failed(e);
        }
    }

    private RunEnd failed(Throwable fault) {
        return new RunEnd(RunOutcome.FAILED, null, redactor.fault(fault), null, RunReport.NOTHING);
    }
}
