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
    public ChatResponse ask(ModelRequest inquiry) {
        var model = inquiry.chosen();
        var ours = OpenAiChatRequestParameters.builder()
                .temperature(model.reasoning() ? null : settings.temperature())
                .build();
        // the caller may ask for anything but another model or a longer answer than is paid for
        var asked = ours.overrideWith(inquiry.request().parameters());
        return client().chat(inquiry.request().toBuilder()
                .parameters(asked.overrideWith(limits(model)))
                .build());
    }

    /** OpenAI has renamed the limit; other servers know the old name, or that alone. */
    private OpenAiChatRequestParameters limits(ModelProfile model) {
        var limits = OpenAiChatRequestParameters.builder().modelName(model.name());
        return (openAi
                        ? limits.maxCompletionTokens(model.outputTokens())
                        : limits.maxOutputTokens(model.outputTokens()))
                .build();
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
