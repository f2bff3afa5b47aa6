package dev.drydock.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The fields of an agent's decision, as the schema describes them that answers of a model are held to. */
@Singleton
public class DecisionSchemas {

    /** What a person enters for a field. */
    public enum Kind {
        /** One of {@link Field#values}. */
        CHOICE,
        TEXT,
        NUMBER,
        BOOLEAN,

        /** A list or an object, as JSON. */
        JSON
    }

    /**
     * One field.
     *
     * @param description from {@code @Description}; empty if it has none
     * @param values those of an enum
     * @param optional whether it may be null
     * @param longest characters of a text
     */
    public record Field(
            String name, String description, Kind kind, List<String> values, boolean optional, int longest) {}

    private final AnswerSchemas schemas;

    DecisionSchemas(AnswerSchemas schemas) {
        this.schemas = schemas;
    }

    /** In the order of the record; none if the decision is no record. */
    public List<Field> fields(Class<?> decisionType) {
        return decisionType.isRecord()
                ? schemas.of(decisionType).json(true).path("properties").properties().stream()
                        .map(property -> field(property.getKey(), property.getValue()))
                        .toList()
                : List.of();
    }

    /**
     * What is wrong with a decision that a person has edited, in the words that a model is told; empty if nothing is. Corrects the
     * case of enum values in place. Says nothing of a record that already the original does not fit: then its type decides.
     */
    public Optional<String> fault(Class<?> decisionType, JsonNode original, ObjectNode edited) {
        if (!decisionType.isRecord()) {
            return Optional.empty();
        }
        var schema = schemas.of(decisionType);
        if (schema.check(original).isPresent()) {
            return Optional.empty();
        }
        schema.correctCase(edited);
        return schema.check(edited).map(AnswerSchema.Fault::what);
    }

    private static Field field(String name, JsonNode schema) {
        var value = schema.path("anyOf").isArray() ? schema.path("anyOf").path(0) : schema;
        return new Field(
                name,
                schema.path("description").asText(value.path("description").asText("")),
                kind(value),
                StreamSupport.stream(value.path("enum").spliterator(), false)
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                        .toList(),
                SchemaRules.allowsNull(schema),
                value.path("maxLength").asInt(SchemaRules.LONGEST_TEXT));
    }

    private static Kind kind(JsonNode schema) {
        if (schema.path("enum").isArray()) {
            return Kind.CHOICE;
        }
        var type = schema.path("type").isArray()
                ? schema.path("type").path(0).asText()
                : schema.path("type").asText();
        return switch (type) {
            case "string" -> Kind.TEXT;
            case "integer", "number" -> Kind.NUMBER;
            case "boolean" -> Kind.BOOLEAN;
            default -> Kind.JSON;
        };
    }
}
