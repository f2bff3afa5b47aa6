package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The one door to any language model. It replaces the platform's own {@link ChatModel}, so that every AI service, tool
 * loop and injected model goes through it. A request passes the {@linkplain ModelInterceptor interceptors}, then it is sent to the
 * model server: one request, one response, no retry.
 */
@Singleton
public class ModelDoor implements ChatModel {

    private final AnswerSchemas schemas;
    private final ModelInterceptor.Next chain;
    private final ModelEndpoint endpoint;
    private final ChatCompletions completions;
    private final Duration timeout;

    ModelDoor(
            AnswerSchemas schemas,
            @All List<ModelInterceptor> interceptors,
            ModelEndpoint endpoint,
            ChatCompletions completions,
            DrydockConfig config) {
        this.schemas = schemas;
        this.chain = ModelInterceptor.chain(interceptors, this::send);
        this.endpoint = endpoint;
        this.completions = completions;
        this.timeout = config.model().timeout();
    }

    /** Throws {@link ModelUnavailableException}, {@link ModelRefusedException}, {@link UnusableAnswerException} or {@link BudgetSpentException}. */
    @Override
    public ChatResponse doChat(ChatRequest request) {
        return chain.proceed(ModelRequest.of(request, schemas.of(request))).toChatResponse();
    }

    private ModelAnswer send(ModelRequest request) {
        var response = endpoint.post("/chat/completions", completions.body(request), () -> request.timeLeft(timeout));
        return completions.answer(request, response.statusCode(), response.headers(), response.body());
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
