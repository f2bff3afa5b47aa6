package dev.drydock.model;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * The one door to any language model. It replaces the platform's own {@link ChatModel}, so that every AI service, tool
 * loop and injected model goes through it. A request passes the {@linkplain ModelInterceptor interceptors}, then the client.
 */
@Singleton
public class ModelDoor implements ChatModel {

    private final AnswerSchemas schemas;
    private final ModelInterceptor.Next chain;

    ModelDoor(AnswerSchemas schemas, @All List<ModelInterceptor> interceptors, ModelClient client) {
        this.schemas = schemas;
        this.chain = ModelInterceptor.chain(interceptors, client::send);
    }

    /** Throws {@link ModelUnavailableException}, {@link ModelRefusedException}, {@link UnusableAnswerException} or {@link BudgetSpentException}. */
    @Override
    public ChatResponse doChat(ChatRequest request) {
        return chain.proceed(ModelRequest.of(request, schemas.of(request))).toChatResponse();
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
