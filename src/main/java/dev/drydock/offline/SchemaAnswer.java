package dev.drydock.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Fills in a JSON schema from a message: an enum takes the value whose description is nearest to the message, a text the
 * sentences nearest to the text's own description.
 *
 * <p>The descriptions of an enum's values are the lines {@code VALUE: description} of the enum's own; a value without
 * one is never taken, unless none has one.
 */
final class SchemaAnswer {

    private final ObjectMapper json;
    private final Nearness nearness = new Nearness();

    SchemaAnswer(ObjectMapper json) {
        this.json = json;
    }

    /** The content of the answer to a request of chat completions: JSON if a schema was given, else a sentence. */
    String answer(JsonNode request) throws JsonProcessingException {
        var message = Sentences.of(lastUserMessage(request));
        var schema = request.path("response_format").path("json_schema").path("schema");
        return schema.isMissingNode() ? message.first() : json.writeValueAsString(value(schema, "", message));
    }

    private static String lastUserMessage(JsonNode request) {
        return StreamSupport.stream(request.path("messages").spliterator(), false)
                .filter(message -> message.path("role").asText().equals("user"))
                .map(message -> message.path("content"))
                .map(content -> content.isTextual()
                        ? content.asText()
                        : content.path(0).path("text").asText())
                .reduce("", (earlier, later) -> later);
    }

    private Object value(JsonNode schema, String name, Sentences message) {
        var description = schema.path("description").asText(name);
        if (schema.has("enum")) {
            return nearness.nearest(glosses(schema.path("enum"), description), message);
        }
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema, message);
            case "array" -> List.of();
            case "integer", "number" -> 0;
            case "boolean" -> false;
            default -> nearness.sentence(description, message);
        };
    }

    private Map<String, Object> object(JsonNode schema, Sentences message) {
        var object = new LinkedHashMap<String, Object>();
        schema.path("properties")
                .properties()
                .forEach(property ->
                        object.put(property.getKey(), value(property.getValue(), property.getKey(), message)));
        return object;
    }

    private static Map<String, String> glosses(JsonNode values, String description) {
        var glosses = new LinkedHashMap<String, String>();
        for (var value : values) {
            description
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith(value.asText() + ":"))
                    .forEach(line -> glosses.put(
                            value.asText(),
                            line.substring(value.asText().length() + 1).strip()));
        }
        if (glosses.isEmpty()) {
            values.forEach(value -> glosses.put(value.asText(), value.asText().replace('_', ' ')));
        }
        return glosses;
    }
}
