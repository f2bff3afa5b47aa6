package dev.drydock.model;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question to a model, on its way through the door.
 *
 * @param request what is to be sent
 * @param model which model is to answer; null until that is known
 * @param why why this model
 * @param tokensCut what was left out of the request, by our own count
 * @param scope on whose behalf; null outside of any entry
 */
record ModelRequest(
        ChatRequest request,
        @Nullable ModelProfile model,
        String why,
        long tokensCut,
        @Nullable DecisionContext scope) {

    static ModelRequest of(ChatRequest request) {
        return new ModelRequest(request, null, "", 0, DecisionContext.current().orElse(null));
    }

    ModelRequest with(ChatRequest request) {
        return new ModelRequest(request, model, why, tokensCut, scope);
    }

    ModelRequest cut(ChatRequest request, long tokens) {
        return new ModelRequest(request, model, why, tokensCut + tokens, scope);
    }

    ModelRequest to(ModelProfile model, String why) {
        return new ModelRequest(request, model, why, tokensCut, scope);
    }

    Optional<DecisionContext> behalf() {
        return Optional.ofNullable(scope);
    }

    ModelProfile chosen() {
        if (model == null) {
            throw new IllegalStateException("the route comes before this step");
        }
        return model;
    }
}
