package dev.drydock.console.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drydock.console.ReadableJson;
import dev.drydock.journal.Json;
import dev.drydock.judge.InvalidFeedbackException;
import dev.drydock.model.DecisionSchemas.Field;
import dev.drydock.model.DecisionSchemas.Kind;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a decision, as it is shown and edited.
 *
 * @param meaning what the description says of this value, or else its first line; empty without a description
 * @param text as a person reads it
 * @param input as a person edits it
 * @param before the value before a person edited it; null if it is the same
 */
record DecisionField(
        Field field,
        String meaning,
        String text,
        String input,
        @Nullable String before) {

    /** Begins the name of each input, so that a field may be called like another parameter of the form. */
    static final String PREFIX = "field.";

    /**
     * Of a decision.
     *
     * @param original the decision before a person edited it; null if nobody did
     */
    static DecisionField of(Field field, JsonNode decision, @Nullable JsonNode original) {
        var value = decision.path(field.name());
        var text = ReadableJson.text(value);
        var before = original == null || original.path(field.name()).equals(value)
                ? null
                : ReadableJson.text(original.path(field.name()));
        return new DecisionField(field, meaning(field.description(), text), text, input(field, value), before);
    }

    /** A field of a decision that no record describes. */
    static Field undescribed(String name, JsonNode value) {
        var kind = value.isTextual()
                ? Kind.TEXT
                : value.isNumber() ? Kind.NUMBER : value.isBoolean() ? Kind.BOOLEAN : Kind.JSON;
        return new Field(name, "", kind, List.of(), true, Integer.MAX_VALUE);
    }

    public String name() {
        return field.name();
    }

    public String words() {
        return ReadableJson.words(field.name());
    }

    public String description() {
        return field.description();
    }

    public boolean isChoice() {
        return field.kind() == Kind.CHOICE || field.kind() == Kind.BOOLEAN;
    }

    public boolean isNumber() {
        return field.kind() == Kind.NUMBER;
    }

    /** Whether one line is enough to edit it. */
    public boolean isShort() {
        return input.length() <= 60 && field.kind() != Kind.JSON && !input.contains("\n");
    }

    public boolean isLong() {
        return ReadableJson.isLong(text);
    }

    public boolean optional() {
        return field.optional();
    }

    public List<String> values() {
        return field.kind() == Kind.BOOLEAN ? List.of("true", "false") : field.values();
    }

    /** Reads what a person entered for it. An equal value is the same value, however it was written. */
    JsonNode read(String entered, JsonNode decision, Json json) {
        var now = decision.path(name());
        var given = entered.replace("\r\n", "\n");
        return given.strip().equals(input.strip()) && !now.isMissingNode() ? now : parse(given, json);
    }

    private JsonNode parse(String given, Json json) {
        if (given.isBlank() && field.optional()) {
            return NullNode.getInstance();
        }
        try {
            return switch (field.kind()) {
                case CHOICE -> TextNode.valueOf(given.strip());
                case TEXT -> TextNode.valueOf(given);
                case BOOLEAN -> BooleanNode.valueOf(Boolean.parseBoolean(given.strip()));
                case NUMBER -> DecimalNode.valueOf(new BigDecimal(given.strip()));
                case JSON -> json.tree(given);
            };
        } catch (NumberFormatException e) {
            throw new InvalidFeedbackException("%s must be a number, not \"%s\".".formatted(words(), given.strip()));
        } catch (UncheckedIOException e) {
            throw new InvalidFeedbackException("%s must be JSON, as it was shown.".formatted(words()));
        }
    }

    private static String input(Field field, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return field.kind() == Kind.JSON ? value.toPrettyString() : value.asText();
    }

    /** Descriptions of enums have a line for each value. */
    private static String meaning(String description, String value) {
        return description
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(value + ":") || line.startsWith(value + " "))
                .findFirst()
                .or(() -> description.lines().findFirst().map(String::strip))
                .orElse("");
    }
}
