package dev.drydock.model;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * The one door to any language model. It stands in for the platform's own {@link ChatModel}, so that every AI service,
 * tool loop and injected model goes through it, knowing or not.
 *
 * <p>A question passes the layers from the outside in; what each does is said there.
 */
@Singleton
public class ModelDoor implements ChatModel {

    private final Step layers;

    ModelDoor(AnswerCache cache, RepairAnswer repair, RouteCall route, TruncateInput cut, LastLayers last) {
        layers = Step.of(cache, Step.of(repair, Step.of(route, Step.of(cut, last::ask))));
    }

    /** The layers that each single HTTP request passes. */
    @Singleton
    static class LastLayers {

        private final Step layers;

        LastLayers(RateLimit pace, HoldBudget budget, RecordCall record, ModelClient client) {
            layers = Step.of(pace, Step.of(budget, Step.of(record, client)));
        }

        ChatResponse ask(ModelRequest inquiry) {
            return layers.ask(inquiry);
        }
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return layers.ask(ModelRequest.of(request));
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OPEN_AI;
    }
}
