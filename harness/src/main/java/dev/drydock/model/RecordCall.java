package dev.drydock.model;

import dev.drydock.trace.GenAi;
import dev.drydock.trace.Spans;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.opentelemetry.api.trace.Span;
import jakarta.inject.Singleton;

/** Writes down every request that is sent, answered or not, and puts a span around it. */
@Singleton
class RecordCall implements Step.Layer {

    private final Spans spans;
    private final ChatSpan chatSpan;
    private final CallRecord record;
    private final CallSink out;

    RecordCall(Spans spans, ChatSpan chatSpan, CallRecord record, CallSink out) {
        this.spans = spans;
        this.chatSpan = chatSpan;
        this.record = record;
        this.out = out;
    }

    @Override
    public ChatResponse ask(ModelRequest inquiry, Step next) {
        return spans.aroundRequest(
                GenAi.CHAT + " " + inquiry.chosen().name(),
                span -> chatSpan.asked(span, inquiry),
                () -> ask(inquiry, next, Span.current()));
    }

    private ChatResponse ask(ModelRequest inquiry, Step next, Span span) {
        var sent = record.now();
        ChatResponse response;
        try {
            response = next.ask(inquiry);
        } catch (RuntimeException e) {
            out.accept(record.failed(inquiry, e, sent), inquiry);
            throw e;
        }
        var call = record.answered(inquiry, response, sent);
        chatSpan.answered(span, call, response);
        out.accept(call, inquiry);
        return response;
    }
}
