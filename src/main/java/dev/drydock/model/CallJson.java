package dev.drydock.model;

import dev.drydock.journal.Json;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests and answers as the JSON that the journal keeps. */
@Singleton
class CallJson {

    private final Json json;

    CallJson(Json json) {
        this.json = json;
    }

    String request(ChatRequest request) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("model", request.modelName());
        fields.put("temperature", request.temperature());
        fields.put("maxOutputTokens", request.maxOutputTokens());
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
                            .map(tool -> tool.name())
                            .toList());
        }
        fields.values().removeIf(value -> value == null);
        return json.write(fields);
    }

    String response(ChatResponse response) {
        return json.write(Map.of("message", json.tree(ChatMessageSerializer.messageToJson(response.aiMessage()))));
    }
}
