package dev.drydock.model;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came back for a request.
 *
 * @param message text, tool calls and reasoning
 * @param finish null if the server named no reason, or an unknown one
 * @param model the model that answered, by the server's name; null if the server did not say
 * @param namedCost null unless the server, a gateway mostly, names the price of this call
 * @param refusal the model's own words, if it refused to answer
 * @param headers of the response; none if nothing was sent
 */
record ModelAnswer(
        AiMessage message,
        @Nullable FinishReason finish,
        @Nullable String id,
        @Nullable String model,
        Usage usage,
        @Nullable NamedCost namedCost,
        @Nullable String refusal,
        HttpHeaders headers) {

    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    /**
     * A cost that came with the answer.
     *
     * @param origin the header or field that named it
     */
    record NamedCost(BigDecimal usd, String origin) {}

    /** An answer from the cache: nothing was sent for it. */
    static ModelAnswer cached(AiMessage message) {
        return new ModelAnswer(message, null, null, null, Usage.NONE, null, null, NO_HEADERS);
    }

    /** The same message with what the journal keeps beside it. */
    ModelAnswer recorded(@Nullable FinishReason finish, Usage usage, @Nullable String refusal) {
        return new ModelAnswer(message, finish, id, model, usage, namedCost, refusal, headers);
    }

    ModelAnswer withText(String text) {
        return new ModelAnswer(message.withText(text), finish, id, model, usage, namedCost, refusal, headers);
    }

    String text() {
        return message.text() == null ? "" : message.text();
    }

    ChatResponse toChatResponse() {
        return ChatResponse.builder()
                .aiMessage(message)
                .id(id)
                .modelName(model)
                .finishReason(finish)
                .tokenUsage(usage.toTokenUsage())
                .build();
    }
}
