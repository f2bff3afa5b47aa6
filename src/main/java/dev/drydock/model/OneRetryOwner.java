package dev.drydock.model;

import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import io.quarkiverse.langchain4j.ModelBuilderCustomizer;
import jakarta.inject.Singleton;

/**
 * Ends the model client's own retries: the decide stage has them. Left alone, the client makes one hidden second call
 * for each that fails, whatever {@code quarkus.langchain4j.openai.max-retries} says.
 */
@Singleton
class OneRetryOwner implements ModelBuilderCustomizer<OpenAiChatModelBuilder> {

    @Override
    public void customize(OpenAiChatModelBuilder builder) {
        builder.maxRetries(0);
    }
}
