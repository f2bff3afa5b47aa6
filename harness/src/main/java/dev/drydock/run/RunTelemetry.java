package dev.drydock.run;

import dev.drydock.agent.Mode;
import dev.drydock.agent.Window;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.RunResult;
import dev.drydock.journal.SkipReason;
import dev.drydock.run.RunEvent.CycleEnded;
import dev.drydock.run.RunEvent.CycleStarted;
import dev.drydock.trace.GenAi;
import dev.drydock.trace.Spans;
import io.opentelemetry.api.trace.Span;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Makes cycles visible: a trace each, {@code runId}, {@code agent}, {@code mode} and {@code traceId} on each log line, events. */
@Singleton
class RunTelemetry {

    private static final Logger LOG = Logger.getLogger(RunTelemetry.class);

    private static final Set<RunOutcome> EXPECTED = EnumSet.of(RunOutcome.COMPLETED, RunOutcome.INTERRUPTED);

    private final Spans spans;
    private final RunProgress progress;
    private final PublishRunEvents events;

    RunTelemetry(Spans spans, RunProgress progress, PublishRunEvents events) {
        this.spans = spans;
        this.progress = progress;
        this.events = events;
    }

    /** Runs a cycle in a trace of its own, whose id it is given. */
    RunResult around(RegisteredAgent<?, ?> agent, UUID runId, Function<String, RunResult> cycle) {
        return spans.aroundTrace(
                GenAi.INVOKE_AGENT + " " + agent.name(),
                span -> describe(span, agent, runId),
                () -> observed(agent, runId, cycle, Span.current()));
    }

    private RunResult observed(RegisteredAgent<?, ?> agent, UUID runId, Function<String, RunResult> cycle, Span span) {
        var traceId = span.getSpanContext().getTraceId();
        MDC.put("runId", runId.toString());
        MDC.put("traceId", traceId);
        MDC.put("agent", agent.name());
        MDC.put("mode", mode(agent));
        try {
            events.publish(new CycleStarted(agent.name(), runId));
            var started = System.nanoTime();
            var result = cycle.apply(traceId);
            var took = Duration.ofNanos(System.nanoTime() - started);
            describe(span, result);
            logEnd(agent, result);
            events.publish(new CycleEnded(agent.name(), agent.settings().mode(), result, took));
            return result;
        } finally {
            List.of("runId", "traceId", "agent", "mode").forEach(MDC::remove);
        }
    }

    /** Logs and publishes a cycle that did not begin. */
    RunResult skipped(RegisteredAgent<?, ?> agent, RunResult result) {
        var overlaps = result.skipReason() == SkipReason.ALREADY_RUNNING;
        var present = progress.of(agent.name());
        if (overlaps && present.isPresent()) {
            LOG.infof("Cycle of %s still runs: %s", agent.name(), present.get());
        } else {
            LOG.logf(
                    overlaps ? Logger.Level.INFO : Logger.Level.WARN,
                    "Cycle of %s not started: %s; the next cycle covers its window",
                    agent.name(),
                    result.reason());
        }
        events.publish(new CycleEnded(agent.name(), agent.settings().mode(), result, Duration.ZERO));
        return result;
    }

    /** Logs the window that a cycle is about to fetch. */
    void started(RegisteredAgent<?, ?> agent, Window window) {
        LOG.infof("Cycle of %s started; window %s to %s", agent.name(), window.from(), window.to());
        var lookBack = agent.settings().lookBack();
        if (!window.first() && Duration.between(window.from(), window.to()).compareTo(lookBack) >= 0) {
            LOG.warnf(
                    "The last completed cycle of %s is further back than DRYDOCK_LOOK_BACK (%s): older items are not fetched",
                    agent.name(), lookBack);
        }
    }

    private static void logEnd(RegisteredAgent<?, ?> agent, RunResult result) {
        var counts = result.counts();
        if (agent.settings().mode() == Mode.SHADOW && counts.decided() > 0) {
            LOG.infof("Shadow mode: %d outputs stored, none delivered", counts.decided());
        }
        LOG.logf(
                EXPECTED.contains(result.outcome()) ? Logger.Level.INFO : Logger.Level.WARN,
                "Cycle of %s ended: %s; fetched %d, admitted %d, decided %d, failed %d",
                agent.name(),
                result.reason(),
                counts.fetched(),
                counts.admitted(),
                counts.decided(),
                counts.failed());
    }

    private static void describe(Span span, RegisteredAgent<?, ?> agent, UUID runId) {
        span.setAttribute(GenAi.OPERATION_NAME, GenAi.INVOKE_AGENT);
        span.setAttribute(GenAi.AGENT_NAME, agent.name());
        span.setAttribute(GenAi.LANGSMITH_KIND, "chain");
        span.setAttribute(GenAi.LANGFUSE_TRACE_NAME, agent.name());
        span.setAttribute(GenAi.RUN_ID, runId.toString());
        span.setAttribute(GenAi.MODE, mode(agent));
    }

    private static void describe(Span span, RunResult result) {
        var reason = result.skipReason();
        span.setAttribute(GenAi.OUTCOME, result.outcome().name());
        if (result.outcome() == RunOutcome.FAILED || result.outcome() == RunOutcome.SKIPPED) {
            Spans.failed(span, reason == null ? result.outcome().name() : reason.name());
        }
    }

    private static String mode(RegisteredAgent<?, ?> agent) {
        return agent.settings().mode().name().toLowerCase(Locale.ROOT);
    }
}
