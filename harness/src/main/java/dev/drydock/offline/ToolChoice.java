package dev.drydock.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Chooses a tool for a message, where there are any: the one whose description is nearest, its arguments filled in as an
 * answer would be. Once a tool has answered, it is time for an answer, which claims nothing that another tool does.
 */
final class ToolChoice {

    /** The arguments are JSON. */
    record Call(String tool, String arguments) {}

    private final EmbeddingSimilarity nearness;
    private final SchemaAnswer answers;

    ToolChoice(EmbeddingSimilarity nearness, SchemaAnswer answers) {
        this.nearness = nearness;
        this.answers = answers;
    }

    /** Empty if it is time for an answer. */
    Optional<Call> choose(JsonNode request) throws JsonProcessingException {
        var functions = new LinkedHashMap<String, JsonNode>();
        var glosses = new LinkedHashMap<String, String>();
        for (var tool : request.path("tools")) {
            var function = tool.path("function");
            functions.put(function.path("name").asText(), function);
            glosses.put(
                    function.path("name").asText(), function.path("description").asText());
        }
        var messages = request.path("messages");
        var last = messages.path(messages.size() - 1).path("role").asText();
        if (functions.isEmpty() || last.equals("tool")) {
            return Optional.empty();
        }
        var message = Sentences.of(SchemaAnswer.lastUserMessage(request));
        var tool = nearness.nearest(glosses, message);
        var schema = Objects.requireNonNull(functions.get(tool)).path("parameters");
        return Optional.of(new Call(tool, answers.fill(schema, message)));
    }

    /** The request without the enum values whose descriptions say what a tool does that was not called. */
    JsonNode withoutClaims(JsonNode request) {
        var called = request.findValues("tool_calls").stream()
                .flatMap(calls -> calls.findValuesAsText("name").stream())
                .toList();
        var claims = StreamSupport.stream(request.path("tools").spliterator(), false)
                .map(tool -> tool.path("function"))
                .filter(function -> !called.contains(function.path("name").asText()))
                .map(function -> function.path("description").asText())
                .toList();
        var possible = request.deepCopy();
        for (var schema : possible.path("response_format").findParents("enum")) {
            var values = (ArrayNode) schema.path("enum");
            var glosses =
                    SchemaAnswer.glosses(values, schema.path("description").asText());
            var honest = glosses.entrySet().stream()
                    .filter(gloss -> claims.stream().noneMatch(claim -> nearness.alike(claim, gloss.getValue())))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!honest.isEmpty()) {
                values.removeAll();
                honest.forEach(values::add);
            }
        }
        return possible;
    }
}
