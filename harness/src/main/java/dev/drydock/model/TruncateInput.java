package dev.drydock.model;

import dev.drydock.model.ModelFault.Kind;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Fits a request into the model's context: cuts the middle of its longest text, with a note in its place, and limits the
 * answer to what the prompt leaves. Instructions, which are in the system's turn and at both ends of the user's, stay. If
 * the server still finds it too long, the request is cut to the limit that the server names, or harder.
 */
@Singleton
@Priority(ModelInterceptor.TRUNCATE)
class TruncateInput implements ModelInterceptor {

    private static final Logger LOG = Logger.getLogger(TruncateInput.class);

    private static final int HARDER_CUTS = 4;
    private static final int PERCENT = 100;
    private static final int PERCENT_KEPT = 60;

    /** A server counts a little more than we do. */
    private static final int LEAST_PERCENT = 105;

    private static final int RESERVE = 16;

    /** The part of the context that is kept for the answer, if a longer one was asked for. */
    private static final int ANSWER_PART = 4;

    /** A text with fewer tokens is not cut. */
    private static final int MINIMUM = 64;

    private final TokenCount count;
    private final Truncation truncation;
    private final ServerFacts server;

    TruncateInput(TokenCount count, Truncation truncation, ServerFacts server) {
        this.count = count;
        this.truncation = truncation;
        this.server = server;
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        var fitting = fit(request);
        for (int attempt = 0; ; attempt++) {
            try {
                return next.proceed(fitting);
            } catch (ModelRefusedException e) {
                var fault = e.fault();
                if (attempt == HARDER_CUTS
                        || (fault.kind() != Kind.CONTEXT_EXCEEDED && fault.kind() != Kind.TOO_LARGE)) {
                    throw e;
                }
                var harder = harder(fitting, fault);
                if (harder.tokensCut() == fitting.tokensCut()
                        && harder.chosen().outputTokens() == fitting.chosen().outputTokens()) {
                    throw e; // nothing is left to cut
                }
                fitting = harder;
            }
        }
    }

    private ModelRequest harder(ModelRequest request, ModelFault fault) {
        var known = request.chosen().contextTokens();
        var named = fault.namedLimit();
        if (named.isPresent() && (known == null || named.getAsInt() < known)) {
            server.learnContext(request.chosen().name(), named.getAsInt());
            return fit(request.to(request.chosen().withContext(named.getAsInt()), request.why()));
        }
        return fit(cut(request, request.tokens(count) * PERCENT_KEPT / PERCENT));
    }

    private ModelRequest fit(ModelRequest request) {
        var context = request.chosen().contextTokens();
        if (context == null) {
            return request;
        }
        if (fitsUncounted(request, context)) {
            return request;
        }
        var answer = Math.min(request.chosen().outputTokens(), Math.max(MINIMUM, context / ANSWER_PART));
        var tokens = request.tokens(count);
        var servers = servers(request, tokens);
        var overhead = Math.max(1, servers - tokens);
        var fitting =
                servers + answer + RESERVE <= context ? request : cut(request, context - answer - RESERVE - overhead);
        var left = fitting.tokensCut() == request.tokensCut() ? servers : servers(fitting, fitting.tokens(count));
        var room = context - left - RESERVE;
        return fitting.to(fitting.chosen().answeringAtMost((int) Math.max(RESERVE, room)), fitting.why());
    }

    /** Whether there is room for all of it and the longest answer, however many tokens its characters take. Most requests are as short. */
    private boolean fitsUncounted(ModelRequest request, int context) {
        var most = count.atMost(request.chat())
                + (request.schema() == null
                        ? 0
                        : TokenCount.atMost(request.schema().printed()));
        return servers(request, most) + request.chosen().outputTokens() + RESERVE <= context;
    }

    private long servers(ModelRequest request, long tokens) {
        return count.atServer(request.chosen().name(), tokens, LEAST_PERCENT);
    }

    /** Cuts the longest text, then the next longest, until all is within {@code limit} tokens or nothing is left to cut. */
    private ModelRequest cut(ModelRequest request, long limit) {
        var before = request.tokens(count);
        var tokens = before;
        if (before <= limit) {
            return request;
        }
        var messages = new ArrayList<>(request.chat().messages());
        for (var at = longest(messages); tokens > limit && at >= 0; at = longest(messages)) {
            var message = messages.get(at);
            var size = count.of(message);
            var shorter = truncation.shorten(message, (int) Math.max(MINIMUM, size - (tokens - limit)));
            messages.set(at, shorter);
            tokens -= size - count.of(shorter);
        }
        if (tokens == before) {
            return request;
        }
        LOG.infof(
                "A request of %d tokens was cut to %d, to fit the model %s",
                before, tokens, request.chosen().name());
        return request.cut(with(request.chat(), messages), before - tokens);
    }

    /** Where the longest text is that may be cut; -1 if there is none. */
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
