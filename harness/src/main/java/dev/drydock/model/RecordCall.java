package dev.drydock.model;

import dev.drydock.trace.GenAi;
import dev.drydock.trace.Spans;
import io.opentelemetry.api.trace.Span;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Records every request that is sent, answered or not, and opens a span around it. */
@Singleton
@Priority(ModelInterceptor.RECORD)
class RecordCall implements ModelInterceptor {

    private static final Logger LOG = Logger.getLogger(RecordCall.class);

    private static final int PERCENT = 100;

    /** Encodings of other models take up to a third fewer tokens. */
    private static final int LEAST_READ_PERCENT = 66;

    private static final int LEAST_UNREAD = 256;

    private final Spans spans;
    private final ChatSpan chatSpan;
    private final CallJournal journal;
    private final CallCost cost;

    private final TokenCount count;

    RecordCall(Spans spans, ChatSpan chatSpan, CallJournal journal, CallCost cost, TokenCount count) {
        this.spans = spans;
        this.chatSpan = chatSpan;
        this.journal = journal;
        this.cost = cost;
        this.count = count;
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        return spans.aroundRequest(
                GenAi.CHAT + " " + request.chosen().name(),
                span -> chatSpan.asked(span, request),
                () -> record(request, next, Span.current()));
    }

    private ModelAnswer record(ModelRequest request, Next next, Span span) {
        var sent = journal.now();
        ModelAnswer answer;
        try {
            answer = next.proceed(request);
        } catch (RuntimeException e) {
            journal.failed(request, e, cost.ofFailure(request, e), sent);
            throw e;
        }
        var call = journal.answered(withUnread(request, answer), answer, cost.of(request, answer), sent);
        chatSpan.answered(span, call, answer);
        return answer;
    }

    /**
     * Compares the server's count of the prompt with ours. A server that was configured for less than the model takes drops
     * the rest without a word: what it did not read counts as cut.
     */
    private ModelRequest withUnread(ModelRequest request, ModelAnswer answer) {
        if (!answer.usage().countsInput()) {
            return request;
        }
        var servers = answer.usage().billedInput();
        count.learn(
                request.chosen().name(), request.tokens(count), answer.usage().in());
        var ours = count.of(request.chat()); // some servers turn the schema into a grammar, and count no tokens for it
        if (ours - servers < LEAST_UNREAD || servers * PERCENT / ours >= LEAST_READ_PERCENT) {
            return request;
        }
        LOG.warnf(
                "The server of model %s read %d tokens of about %d that were sent%s. Its context may be set too small; set drydock.models.\"%s\".context-tokens to what it takes",
                request.chosen().name(),
                servers,
                ours,
                request.context()
                        .map(decision -> " for entry " + decision.entryId())
                        .orElse(""),
                request.chosen().name());
        return request.cut(request.chat(), ours - servers);
    }
}
