package dev.drydock.model;

import dev.drydock.trace.GenAi;
import dev.drydock.trace.Spans;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import io.opentelemetry.api.trace.Span;
import io.quarkiverse.langchain4j.runtime.tool.QuarkusToolExecutor;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.BiFunction;

/** Puts a span around each tool that a model calls. */
@Singleton
@Unremovable
class ToolCalls implements QuarkusToolExecutor.Wrapper {

    private final Spans spans;
    private final SpanContent content;

    ToolCalls(Spans spans, SpanContent content) {
        this.spans = spans;
        this.content = content;
    }

    @Override
    public ToolExecutionResult wrap(
            ToolExecutionRequest request,
            InvocationContext invocation,
            BiFunction<ToolExecutionRequest, InvocationContext, ToolExecutionResult> tool,
            QuarkusToolExecutor executor) {
        return spans.around(GenAi.EXECUTE_TOOL + " " + request.name(), span -> describe(span, request), () -> {
            var result = onRecord(request).orElseGet(() -> told(tool.apply(request, invocation)));
            if (result != null && result.resultText() != null) {
                content.set(Span.current(), GenAi.TOOL_RESULT, result.resultText());
            }
            return result;
        });
    }

    private static Optional<ToolExecutionResult> onRecord(ToolExecutionRequest request) {
        return DecisionContext.current()
                .flatMap(DecisionContext::trial)
                .flatMap(trial -> trial.toolResult(request.name(), request.arguments()))
                .map(ToolCalls::result);
    }

    private static ToolExecutionResult result(String text) {
        return ToolExecutionResult.builder().result(text).resultText(text).build();
    }

    /** A tool without a result says "Success", even where its call was not made. */
    private static ToolExecutionResult told(ToolExecutionResult result) {
        return DecisionContext.current()
                .flatMap(DecisionContext::takeToolNote)
                .map(ToolCalls::result)
                .orElse(result);
    }

    private void describe(Span span, ToolExecutionRequest request) {
        span.setAttribute(GenAi.OPERATION_NAME, GenAi.EXECUTE_TOOL);
        span.setAttribute(GenAi.LANGSMITH_KIND, "tool");
        span.setAttribute(GenAi.TOOL_NAME, request.name());
        span.setAttribute(GenAi.TOOL_TYPE, "function");
        if (request.id() != null) {
            span.setAttribute(GenAi.TOOL_CALL_ID, request.id());
        }
        if (request.arguments() != null) {
            content.set(span, GenAi.TOOL_ARGUMENTS, request.arguments());
        }
    }
}
