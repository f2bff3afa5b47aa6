package dev.drydock.run;

import dev.drydock.concurrent.Threads;
import dev.drydock.concurrent.WorkUnderWay;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Database;
import dev.drydock.journal.RunEnd;
import dev.drydock.journal.RunJournal;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import dev.drydock.model.Redactor;
import dev.drydock.run.RunEvent.CycleEnded;
import dev.drydock.trace.GenAi;
import dev.drydock.trace.Spans;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Runs cycles: at most one of an agent at a time, each with a beginning and an end in the journal. */
@Singleton
public class AgentRunner {

    private static final Logger LOG = Logger.getLogger(AgentRunner.class);

    private final RunJournal journal;
    private final Cycle cycle;
    private final WorkUnderWay underWay;
    private final StuckRunWatchdog watchdog;
    private final Threads threads;
    private final Redactor redactor;
    private final Spans spans;
    private final Event<RunEvent> events;

    AgentRunner(
            RunJournal journal,
            Cycle cycle,
            WorkUnderWay underWay,
            StuckRunWatchdog watchdog,
            Threads threads,
            Redactor redactor,
            Spans spans,
            Event<RunEvent> events) {
        this.journal = journal;
        this.cycle = cycle;
        this.underWay = underWay;
        this.watchdog = watchdog;
        this.threads = threads;
        this.redactor = redactor;
        this.spans = spans;
        this.events = events;
    }

    /** Runs one cycle now and waits for its end. Never throws: how it ended is in the report. */
    public RunReport run(RegisteredAgent<?, ?> agent) {
        try {
            var runId = open(agent);
            if (runId.isPresent()) {
                return new RunReport(runId.get(), execute(agent, runId.get()));
            }
            LOG.warnf("Skipped a cycle of %s: the one before still runs", agent.name());
            var skipped = journal.skip(
                    agent.name(), agent.settings().mode(), SkipReason.ALREADY_RUNNING, "the cycle before still ran");
            return skipped(
                    agent, RunReport.skipped(skipped, SkipReason.ALREADY_RUNNING, "the cycle before still runs"));
        } catch (RuntimeException e) {
            if (!Database.isAway(e)) {
                throw e;
            }
            LOG.errorf("Skipped a cycle of %s: the database is away; the next cycle covers the time", agent.name());
            return skipped(agent, RunReport.skipped(null, SkipReason.DATABASE_DOWN, redactor.fault(e)));
        }
    }

    private RunReport skipped(RegisteredAgent<?, ?> agent, RunReport report) {
        events.fire(new CycleEnded(agent.name(), agent.settings().mode(), report.end(), Duration.ZERO));
        return report;
    }

    /**
     * Starts a cycle and does not wait for its end.
     *
     * @return the run's id; empty if a cycle of the agent still runs
     */
    public Optional<UUID> start(RegisteredAgent<?, ?> agent) {
        var runId = open(agent);
        runId.ifPresent(id -> threads.start(() -> execute(agent, id)));
        return runId;
    }

    private Optional<UUID> open(RegisteredAgent<?, ?> agent) {
        return journal.open(agent.name(), agent.settings().mode());
    }

    /** One trace a run: its root is the invocation of the agent. */
    private RunEnd execute(RegisteredAgent<?, ?> agent, UUID runId) {
        return spans.aroundTrace(
                GenAi.INVOKE_AGENT + " " + agent.name(),
                span -> RunSpan.started(span, runId, agent),
                () -> execute(agent, runId, Span.current()));
    }

    private RunEnd execute(RegisteredAgent<?, ?> agent, UUID runId, Span span) {
        var traceId = span.getSpanContext().getTraceId();
        var started = System.nanoTime();
        try (var context = RunLogContext.of(runId, agent, traceId);
                var pass = underWay.enter();
                var watch = watchdog.watch(agent.name(), runId)) {
            var end = watch.judge(end(agent, runId, traceId));
            RunSpan.ended(span, end);
            if (!journal.close(runId, end)) {
                LOG.error("The run was taken for crashed before it ended; its entries are left to the next cycle");
            }
            RunLog.ended(agent, end);
            events.fire(new CycleEnded(
                    agent.name(), agent.settings().mode(), end, Duration.ofNanos(System.nanoTime() - started)));
            return end;
        } catch (RuntimeException e) {
            LOG.error(
                    "The end of the cycle could not be stored; it will count as crashed, and the next one makes up", e);
            return failed(e);
        }
    }

    private RunEnd end(RegisteredAgent<?, ?> agent, UUID runId, String traceId) {
        try {
            journal.traced(runId, traceId);
            var settings = agent.settings();
            var window = journal.windowFor(agent.name(), settings.lookBack(), settings.overlap());
            RunLog.started(agent, window);
            return cycle.run(agent, runId, window, underWay::stopping);
        } catch (InterruptedException e) { // not passed on: the end is still to be stored
            return new RunEnd(
                    RunOutcome.FAILED,
                    null,
                    "interrupted; what is open waits for the next cycle",
                    null,
                    RunReport.NOTHING);
        } catch (Throwable e) { // an Error must not leave the run open
            LOG.error("The cycle failed; what it left open is taken up by the next one", e);
            return failed(e);
        }
    }

    private RunEnd failed(Throwable fault) {
        return new RunEnd(RunOutcome.FAILED, null, redactor.fault(fault), null, RunReport.NOTHING);
    }
}
