package dev.drydock.model;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Cuts a question to what the model takes: the middle of its longest text, leaving a note there. Instructions, which stand
 * in the system's turn and at the ends of the user's, stay. Where the server still finds it too long, it cuts harder.
 */
@Singleton
class TruncateInput implements Step.Layer {

    private static final Logger LOG = Logger.getLogger(TruncateInput.class);

    private static final int HARDER_CUTS = 4;
    private static final int PERCENT_KEPT = 60;

    /** Of the model's limit, because a server counts a little more than we do. */
    private static final int PERCENT_USED = 95;

    /** A text of so few tokens is left alone. */
    private static final int MINIMUM = 64;

    private final TokenCount count;
    private final Truncation truncation;

    TruncateInput(TokenCount count, Truncation truncation) {
        this.count = count;
        this.truncation = truncation;
    }

    @Override
    public ChatResponse ask(ModelRequest inquiry, Step next) {
        var fitting = fit(inquiry);
        for (int attempt = 0; ; attempt++) {
            try {
                return next.ask(fitting);
            } catch (RuntimeException e) {
                if (!Faults.isTooLong(e) || attempt == HARDER_CUTS) {
                    throw e;
                }
                var tokens = count.of(fitting.request());
                var harder = cut(fitting, tokens * PERCENT_KEPT / 100);
                if (harder.tokensCut() == fitting.tokensCut()) {
                    throw e; // nothing is left to cut
                }
                fitting = harder;
            }
        }
    }

    private ModelRequest fit(ModelRequest inquiry) {
        var model = inquiry.chosen();
        return model.contextTokens() == null
                ? inquiry
                : cut(inquiry, (model.contextTokens() - model.outputTokens()) * PERCENT_USED / 100);
    }

    /** Cuts the longest text, then the next longest, until all is within {@code limit} tokens or nothing is left to cut. */
    private ModelRequest cut(ModelRequest inquiry, int limit) {
        var before = count.of(inquiry.request());
        var tokens = before;
        if (before <= limit) {
            return inquiry;
        }
        var messages = new ArrayList<>(inquiry.request().messages());
        for (var at = longest(messages); tokens > limit && at >= 0; at = longest(messages)) {
            var message = messages.get(at);
            var size = count.of(message);
            var shorter = truncation.shorten(message, Math.max(MINIMUM, size - (tokens - limit)));
            messages.set(at, shorter);
            tokens -= size - count.of(shorter);
        }
        if (tokens == before) {
            return inquiry;
        }
        LOG.infof(
                "A request of %d tokens was cut to %d, to fit the model %s",
                before, tokens, inquiry.chosen().name());
        return inquiry.cut(with(inquiry.request(), messages), before - tokens);
    }

    /** Where the longest text stands that may be cut; -1 if there is none. */
    private int longest(List<ChatMessage> messages) {
        var longest = -1;
        var most = MINIMUM;
        for (var at = 0; at < messages.size(); at++) {
            var message = messages.get(at);
            if (Truncation.text(message).isPresent() && count.of(message) > most) {
                most = count.of(message);
                longest = at;
            }
        }
        return longest;
    }

    private static ChatRequest with(ChatRequest request, List<ChatMessage> messages) {
        return ChatRequest.builder()
                .messages(messages)
                .parameters(request.parameters())
                .build();
    }
}
