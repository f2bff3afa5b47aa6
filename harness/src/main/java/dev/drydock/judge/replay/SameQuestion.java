package dev.drydock.judge.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.journal.Json;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Compares what was asked with what would be asked. Which model is asked, how warm and how long its answer may get is no part
 * of a question; neither are the bounds of a schema, which some servers do not take.
 */
@Singleton
class SameQuestion {

    private static final Set<String> SETTINGS = Set.of("model", "temperature", "maxOutputTokens");
    private static final Set<String> BOUNDS = Set.of("maxLength", "maxItems");

    private final Json json;

    SameQuestion(Json json) {
        this.json = json;
    }

    /** What differs between two masked requests; empty if they ask the same. */
    List<FieldDiff> differences(String recorded, String asked) {
        return recorded.equals(asked) ? List.of() : FieldDiff.between(question(recorded), question(asked));
    }

    /** What a masked request asks, as text. */
    String text(String request) {
        return question(request).toString();
    }

    private JsonNode question(String request) {
        var question = (ObjectNode) json.tree(request);
        question.remove(SETTINGS);
        removeBounds(question.path("schema"));
        return question;
    }

    private static void removeBounds(JsonNode schema) {
        if (schema instanceof ObjectNode object && !object.path("type").isMissingNode()) {
            object.remove(BOUNDS);
        }
        schema.forEach(SameQuestion::removeBounds);
    }
}
