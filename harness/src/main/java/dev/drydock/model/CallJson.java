package dev.drydock.model;

import dev.drydock.journal.Json;
import dev.drydock.redact.Redactor;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.response.ChatResponse;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests and answers as JSON: masked, as the journal keeps them; and whole, as the door needs them. */
@Singleton
class CallJson {

    private final Json json;
    private final Redactor redactor;

    CallJson(Json json, Redactor redactor) {
        this.json = json;
        this.redactor = redactor;
    }

    /** All that is asked, with its secrets masked. */
    String request(ModelRequest inquiry) {
        return json.write(redactor.record(json.tree(wholeRequest(inquiry))));
    }

    String response(ChatResponse response) {
        return json.write(redactor.record(json.tree(wholeResponse(response))));
    }

    String fault(Throwable fault) {
        return redactor.fault(fault);
    }

    /** The same for the same question to the same model. */
    String wholeRequest(ModelRequest inquiry) {
        var request = inquiry.request();
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("model", inquiry.chosen().name());
        fields.put("temperature", request.temperature());
        fields.put("maxOutputTokens", inquiry.chosen().outputTokens());
        fields.put("messages", json.tree(ChatMessageSerializer.messagesToJson(request.messages())));
        var format = request.responseFormat();
        if (format != null && format.jsonSchema() != null) {
            fields.put(
                    "schema", JsonSchemaElementUtils.toMap(format.jsonSchema().rootElement()));
        }
        if (request.toolSpecifications() != null
                && !request.toolSpecifications().isEmpty()) {
            fields.put(
                    "tools",
                    request.toolSpecifications().stream()
                            .map(tool -> tool.toString())
                            .toList());
        }
        fields.values().removeIf(value -> value == null);
        return json.write(fields);
    }

    String wholeResponse(ChatResponse response) {
        return json.write(Map.of("message", json.tree(ChatMessageSerializer.messageToJson(response.aiMessage()))));
    }

    /** Reads what {@link #wholeResponse} has written. */
    ChatResponse readResponse(String text) {
        var message = json.tree(text).path("message").toString();
        return ChatResponse.builder()
                .aiMessage((AiMessage) ChatMessageDeserializer.messageFromJson(message))
                .build();
    }
}
