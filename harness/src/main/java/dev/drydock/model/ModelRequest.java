package dev.drydock.model;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to a model, on its way through the door.
 *
 * @param chat what is to be sent
 * @param schema what the answer must follow; null for free text
 * @param model which model is to answer; null before {@link RouteCall}
 * @param why why this model
 * @param dialect what the model's server takes
 * @param longer whether it was sent before, and the answer was cut off
 * @param tokensCut what was cut from the request, by our own count
 * @param decision on whose behalf; null outside of any entry
 * @param place among the calls in flight; null before {@link RateLimit}
 */
record ModelRequest(
        ChatRequest chat,
        @Nullable AnswerSchema schema,
        @Nullable ModelProfile model,
        String why,
        Dialect dialect,
        boolean longer,
        long tokensCut,
        @Nullable DecisionContext decision,
        @Nullable CallInFlight place) {

    static ModelRequest of(ChatRequest chat, @Nullable AnswerSchema schema) {
        var decision = DecisionContext.current().orElse(null);
        return new ModelRequest(chat, schema, null, "", Dialect.STANDARD, false, 0, decision, null);
    }

    ModelRequest with(ChatRequest chat) {
        return new ModelRequest(chat, schema, model, why, dialect, longer, tokensCut, decision, place);
    }

    ModelRequest with(Dialect dialect) {
        return new ModelRequest(chat, schema, model, why, dialect, longer, tokensCut, decision, place);
    }

    ModelRequest cut(ChatRequest chat, long tokens) {
        return new ModelRequest(chat, schema, model, why, dialect, longer, tokensCut + tokens, decision, place);
    }

    ModelRequest to(ModelProfile model, String why) {
        return new ModelRequest(chat, schema, model, why, dialect, longer, tokensCut, decision, place);
    }

    /** The same question, with more room for its answer. */
    ModelRequest askingForMore() {
        return new ModelRequest(chat, schema, model, why, dialect, true, tokensCut, decision, place);
    }

    /** The same, on its way to the server. */
    ModelRequest inFlight(CallInFlight place) {
        return new ModelRequest(chat, schema, model, why, dialect, longer, tokensCut, decision, place);
    }

    /** How much longer it waits for its answer. */
    Duration timeLeft(Duration timeout) {
        if (place == null) {
            throw new IllegalStateException("the place is taken before this step");
        }
        return place.left(timeout);
    }

    Optional<DecisionContext> context() {
        return Optional.ofNullable(decision);
    }

    /** Empty while an entry is decided, and outside of any. */
    Optional<Trial> trial() {
        return context().flatMap(DecisionContext::trial);
    }

    /** The agent on whose behalf, for logs and metrics; empty outside of any entry. */
    String agent() {
        return decision == null ? "" : decision.agent().name();
    }

    ModelProfile chosen() {
        if (model == null) {
            throw new IllegalStateException("the model is chosen before this step");
        }
        return model;
    }

    /** The tokens of all that is sent, by our own count. */
    long tokens(TokenCount count) {
        return (long) count.of(chat) + (schema == null ? 0 : schema.tokens(count));
    }
}
