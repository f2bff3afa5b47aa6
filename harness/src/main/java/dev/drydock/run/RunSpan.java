package dev.drydock.run;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.RunEnd;
import dev.drydock.journal.RunOutcome;
import dev.drydock.trace.GenAi;
import dev.drydock.trace.Spans;
import io.opentelemetry.api.trace.Span;
import java.util.Locale;
import java.util.UUID;

/** What the span of a whole run says. */
final class RunSpan {

    private RunSpan() {}

    static void started(Span span, UUID runId, RegisteredAgent<?, ?> agent) {
        span.setAttribute(GenAi.OPERATION_NAME, GenAi.INVOKE_AGENT);
        span.setAttribute(GenAi.AGENT_NAME, agent.name());
        span.setAttribute(GenAi.LANGSMITH_KIND, "chain");
        span.setAttribute(GenAi.LANGFUSE_TRACE_NAME, agent.name());
        span.setAttribute(GenAi.RUN_ID, runId.toString());
        span.setAttribute(GenAi.MODE, agent.settings().mode().name().toLowerCase(Locale.ROOT));
    }

    static void ended(Span span, RunEnd end) {
        var reason = end.skipReason();
        span.setAttribute(GenAi.OUTCOME, end.outcome().name());
        if (end.outcome() == RunOutcome.FAILED || reason != null) {
            Spans.failed(span, reason == null ? end.outcome().name() : reason.name());
        }
    }
}
