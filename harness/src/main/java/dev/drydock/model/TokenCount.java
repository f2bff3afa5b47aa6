package dev.drydock.model;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import jakarta.inject.Singleton;

/**
 * Counts tokens before anything is sent, by the encoding of OpenAI's models since gpt-4o. Other models count otherwise,
 * by some ten percent; what is counted here is only a bound, what is paid for is what the server says.
 */
@Singleton
class TokenCount {

    /** For the frame around each message. https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken */
    private static final int FRAME = 4;

    private final Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    int of(String text) {
        return encoding.countTokensOrdinary(text);
    }

    int of(ChatMessage message) {
        return FRAME + of(text(message));
    }

    /** All that is sent: messages, tools and the schema of the answer. */
    int of(ChatRequest request) {
        var sum = FRAME;
        for (var message : request.messages()) {
            sum += of(message);
        }
        var format = request.responseFormat();
        if (format != null && format.jsonSchema() != null) {
            sum += of(JsonSchemaElementUtils.toMap(format.jsonSchema().rootElement())
                    .toString());
        }
        if (request.toolSpecifications() != null) {
            for (var tool : request.toolSpecifications()) {
                sum += FRAME + of(tool.toString());
            }
        }
        return sum;
    }

    private static String text(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return system.text();
        }
        if (message instanceof UserMessage user && user.hasSingleText()) {
            return user.singleText();
        }
        if (message instanceof AiMessage answer && answer.text() != null && !answer.hasToolExecutionRequests()) {
            return answer.text();
        }
        return ChatMessageSerializer.messageToJson(message);
    }
}
