package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.ModelSettings;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * The client of the model server, the platform's own. It retries nothing by itself: the decide stage does. Behind all
 * other layers; nobody else may hold one.
 */
@Singleton
class ModelClient implements Step {

    private final ModelSettings settings;
    private final boolean openAi;
    private @Nullable OpenAiChatModel client;

    ModelClient(DrydockConfig config) {
        this.settings = config.model();
        var host = settings.baseUrl().getHost();
        this.openAi = host != null && (host.equals("api.openai.com") || host.endsWith(".openai.azure.com"));
    }

    @Override
    public ChatResponse ask(Inquiry inquiry) {
        var model = inquiry.chosen();
        var parameters = OpenAiChatRequestParameters.builder()
                .modelName(model.name())
                .temperature(model.reasoning() ? null : settings.temperature());
        // OpenAI has renamed the limit; other servers know the old name, or that alone
        if (openAi) {
            parameters.maxCompletionTokens(model.outputTokens());
        } else {
            parameters.maxOutputTokens(model.outputTokens());
        }
        // what the caller asked for counts
        var all = parameters.build().overrideWith(inquiry.request().parameters());
        var own = OpenAiChatRequestParameters.builder().modelName(model.name()).build();
        return client().chat(inquiry.request().toBuilder()
                .parameters(all.overrideWith(own))
                .build());
    }

    /** Made when it is first needed: a start-up probe or {@code --help} asks no model. */
    private synchronized OpenAiChatModel client() {
        if (client == null) {
            client = OpenAiChatModel.builder()
                    .baseUrl(settings.baseUrl().toString())
                    .apiKey(settings.apiKey().orElse("none"))
                    .timeout(settings.timeout())
                    .maxRetries(0)
                    .responseFormat("json_schema")
                    .strictJsonSchema(true)
                    .build();
        }
        return client;
    }
}
