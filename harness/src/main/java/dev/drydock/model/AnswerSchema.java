package dev.drydock.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import dev.drydock.model.UnusableAnswerException.Reason;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The schema of an answer: as it is sent, as answers are checked, and how long an answer may get. */
final class AnswerSchema {

    /** A reason for machines and a sentence for the model. */
    record Fault(Reason reason, String what) {}

    private static final int MOST_FAULTS = 5;
    private static final int MOST_TOKENS = 1_000_000;

    private final String name;
    private final SchemaRules.Forms forms;
    private final JsonSchema validator;
    private final String printed;
    private final int longestAnswer;
    private volatile int tokens;

    AnswerSchema(String name, SchemaRules.Forms forms, JsonSchema validator) {
        this.name = name;
        this.forms = forms;
        this.validator = validator;
        this.printed = forms.sent().toString();
        this.longestAnswer = Math.min(MOST_TOKENS, tokens(forms.sent()) * 5 / 4);
    }

    String name() {
        return name;
    }

    /** Not to be changed. */
    ObjectNode json(boolean bounds) {
        return bounds ? forms.sent() : forms.unbounded();
    }

    String printed() {
        return printed;
    }

    /** The tokens of the schema itself. */
    int tokens(TokenCount count) {
        if (tokens == 0) {
            tokens = count.of(printed);
        }
        return tokens;
    }

    /** About how many tokens the longest answer within the schema's bounds takes. */
    int longestAnswer() {
        return longestAnswer;
    }

    /** What is wrong with a value, in words for the model. */
    Optional<Fault> check(JsonNode value) {
        var faults = validator.validate(value);
        return faults.stream().findFirst().map(first -> new Fault(reason(first), words(faults)));
    }

    private static String words(Set<ValidationMessage> faults) {
        return faults.stream()
                .limit(MOST_FAULTS)
                .map(ValidationMessage::getMessage)
                .collect(Collectors.joining("; "));
    }

    private static Reason reason(ValidationMessage fault) {
        return switch (fault.getType()) {
            case "required" -> Reason.FIELD_MISSING;
            case "enum", "const" -> Reason.UNKNOWN_VALUE;
            default -> Reason.WRONG_SHAPE;
        };
    }

    /** Corrects enum values in place that differ from exactly one of the schema's by case or surrounding spaces only. */
    boolean correctCase(JsonNode value) {
        return correctCase(forms.checked(), value);
    }

    private static boolean correctCase(JsonNode schema, JsonNode value) {
        var changed = false;
        if (value instanceof ObjectNode object) {
            for (var field : schema.path("properties").properties()) {
                var held = object.path(field.getKey());
                var corrected = corrected(field.getValue(), held);
                if (corrected.isPresent()) {
                    object.put(field.getKey(), corrected.get());
                }
                changed |= correctCase(field.getValue(), held) || corrected.isPresent();
            }
        } else if (value instanceof ArrayNode list) {
            for (var at = 0; at < list.size(); at++) {
                var corrected = corrected(schema.path("items"), list.get(at));
                if (corrected.isPresent()) {
                    list.set(at, TextNode.valueOf(corrected.get()));
                }
                changed |= correctCase(schema.path("items"), list.get(at)) || corrected.isPresent();
            }
        }
        return changed;
    }

    private static Optional<String> corrected(JsonNode schema, JsonNode value) {
        if (!value.isTextual() || !schema.path("enum").isArray()) {
            return Optional.empty();
        }
        var given = value.asText();
        var matches = StreamSupport.stream(schema.path("enum").spliterator(), false)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(known -> known.equalsIgnoreCase(given.strip()))
                .toList();
        return matches.size() == 1 && !matches.get(0).equals(given) ? Optional.of(matches.get(0)) : Optional.empty();
    }

    /** Counts two characters to a token, which few languages exceed. What has no bound counts as {@link #MOST_TOKENS}. */
    private static int tokens(JsonNode schema) {
        if (schema.path("properties").isObject()) {
            var sum = 2L;
            for (var field : schema.path("properties").properties()) {
                sum += 6 + field.getKey().length() / 2 + tokens(field.getValue());
            }
            return (int) Math.min(sum, MOST_TOKENS);
        }
        if (schema.path("enum").isArray()) {
            var longest = 0;
            for (var value : schema.path("enum")) {
                longest = Math.max(longest, value.asText().length());
            }
            return 4 + longest / 2;
        }
        if (schema.path("items").isObject()) {
            return (int)
                    Math.min((long) schema.path("maxItems").asInt() * (2 + tokens(schema.path("items"))), MOST_TOKENS);
        }
        if (schema.path("anyOf").isArray()) {
            var longest = 0;
            for (var option : schema.path("anyOf")) {
                longest = Math.max(longest, tokens(option));
            }
            return longest;
        }
        if (schema.has("maxLength")) {
            return 4 + schema.path("maxLength").asInt() / 2;
        }
        var type = schema.path("type").isArray()
                ? schema.path("type").path(0).asText()
                : schema.path("type").asText();
        return Set.of("integer", "number", "boolean", "null").contains(type) ? 12 : MOST_TOKENS;
    }
}
