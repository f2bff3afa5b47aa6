package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.ModelCall;
import dev.drydock.trace.GenAi;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a span of a model call says: who was asked what, what came back, and what it took. */
@Singleton
class ChatSpan {

    private static final String PROVIDER = "openai";

    private final SpanMessages messages;
    private final DrydockConfig config;
    private final SpanContent content;

    ChatSpan(SpanMessages messages, SpanContent content, DrydockConfig config) {
        this.messages = messages;
        this.config = config;
        this.content = content;
    }

    void asked(Span span, ModelRequest request) {
        var model = request.chosen();
        var server = config.model().baseUrl();
        span.setAttribute(GenAi.OPERATION_NAME, GenAi.CHAT);
        span.setAttribute(GenAi.PROVIDER_NAME, PROVIDER);
        span.setAttribute(GenAi.SYSTEM, PROVIDER);
        span.setAttribute(GenAi.LANGSMITH_KIND, "llm");
        span.setAttribute(GenAi.REQUEST_MODEL, model.name());
        span.setAttribute(GenAi.REQUEST_MAX_TOKENS, (long) model.outputTokens());
        if (request.dialect().temperature()) {
            span.setAttribute(GenAi.REQUEST_TEMPERATURE, config.model().temperature());
        }
        span.setAttribute(GenAi.OUTPUT_TYPE, request.chat().responseFormat() == null ? "text" : "json");
        if (server.getHost() != null) {
            span.setAttribute(GenAi.SERVER_ADDRESS, server.getHost());
            span.setAttribute(GenAi.SERVER_PORT, server.getPort() < 0 ? 443L : server.getPort());
        }
        span.setAttribute(GenAi.ROUTE, request.why());
        if (request.tokensCut() > 0) {
            span.setAttribute(GenAi.TOKENS_CUT, request.tokensCut());
        }
        request.context().ifPresent(decision -> {
            span.setAttribute(GenAi.AGENT_NAME, decision.agent().name());
            span.setAttribute(GenAi.ATTEMPT, (long) decision.attempt());
        });
        if (content.isOn()) {
            messages.input(span, request.chat().messages());
        }
    }

    void answered(Span span, ModelCall call, ModelAnswer answer) {
        var tokens = call.tokens();
        set(span, GenAi.RESPONSE_ID, answer.id());
        set(span, GenAi.RESPONSE_MODEL, answer.model());
        set(span, GenAi.INPUT_TOKENS, tokens.in());
        set(span, GenAi.PROMPT_TOKENS, tokens.in());
        set(span, GenAi.OUTPUT_TOKENS, tokens.out());
        set(span, GenAi.COMPLETION_TOKENS, tokens.out());
        set(span, GenAi.CACHED_TOKENS, tokens.cached());
        set(span, GenAi.REASONING_TOKENS, tokens.reasoning());
        if (tokens.in() != null && tokens.out() != null) {
            span.setAttribute(GenAi.TOTAL_TOKENS, tokens.in() + tokens.out());
        }
        if (call.costUsd() != null) {
            span.setAttribute(GenAi.COST, call.costUsd().doubleValue());
        }
        span.setAttribute(GenAi.PROMPT_NAME, call.prompt().name());
        span.setAttribute(GenAi.LANGFUSE_PROMPT_NAME, call.prompt().name());
        span.setAttribute(GenAi.PROMPT_VERSION, call.prompt().version());
        if (call.finishReason() != null) {
            span.setAttribute(GenAi.FINISH_REASONS, List.of(SpanMessages.finishReason(call.finishReason())));
        }
        if (content.isOn()) {
            messages.output(span, answer.message());
        }
    }

    private static <T> void set(Span span, AttributeKey<T> key, @Nullable T value) {
        if (value != null) {
            span.setAttribute(key, value);
        }
    }
}
