package dev.drydock.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Json;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a correction: what was decided, with other values in the fields that a person names. */
@Singleton
class ReadCorrection {

    /**
     * What a person says would have been right.
     *
     * @param fields JSON of the fields that were named
     * @param wrong the names of those that were decided otherwise
     * @param label of the decision with these fields
     * @param dangerous whether it was dangerous to decide otherwise
     */
    record Corrected(String fields, List<String> wrong, String label, boolean dangerous) {}

    private static final Pattern COMMA = Pattern.compile(",");

    private final Json json;

    ReadCorrection(Json json) {
        this.json = json;
    }

    /**
     * @param correct an object with some fields of the decision, or a text with some of its values: {@code "BILLING, TODAY"}
     * @throws InvalidFeedbackException if it fits no decision of the agent; says what would
     */
    <I extends Item, D> Corrected read(RegisteredAgent<I, D> agent, String decision, JsonNode correct) {
        var type = agent.spec().decisionType();
        var fields = correct.isTextual() ? fields(type, correct.asText()) : object(type, correct);
        var before = json.tree(decision);
        ObjectNode changed = before.deepCopy();
        changed.setAll(fields);
        var given = json.read(decision, type);
        var right = decision(changed, type);
        return new Corrected(
                fields.toString(),
                ReadEdit.changed(before, changed).properties().stream()
                        .map(Map.Entry::getKey)
                        .toList(),
                agent.spec().label().apply(right),
                agent.spec().dangerous().test(right, given));
    }

    private <D> D decision(ObjectNode changed, Class<D> type) {
        try {
            return json.read(changed.toString(), type);
        } catch (UncheckedIOException e) {
            throw new InvalidFeedbackException("The correction is no decision: " + whyNot(e));
        }
    }

    private static @Nullable String whyNot(UncheckedIOException fault) {
        return fault.getCause() instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                : fault.getMessage();
    }

    private static ObjectNode object(Class<?> type, JsonNode correct) {
        if (!(correct instanceof ObjectNode fields) || fields.isEmpty()) {
            throw new InvalidFeedbackException(
                    "correct is a text such as %s, or an object with fields of the decision: %s."
                            .formatted(example(type), names(type)));
        }
        var known = names(type);
        fields.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new InvalidFeedbackException(
                        "The decision has no field \"%s\". It has %s.".formatted(name, known));
            }
        });
        return fields;
    }

    /** Each value belongs to the one field that takes it. */
    private ObjectNode fields(Class<?> type, String text) {
        var fields = (ObjectNode) json.tree("{}");
        for (var value : COMMA.split(text, -1)) {
            var matches = components(type)
                    .flatMap(component -> constants(component)
                            .filter(constant -> constant.equalsIgnoreCase(value.strip()))
                            .map(constant -> List.of(component.getName(), constant)))
                    .toList();
            if (matches.size() != 1) {
                throw new InvalidFeedbackException(
                        "%s value of the decision is called \"%s\". Name the field, as in {\"correct\": {\"%s\": …}}; these values need no field: %s."
                                .formatted(
                                        matches.isEmpty() ? "No" : "More than one",
                                        value.strip(),
                                        names(type).get(0),
                                        values(type)));
            }
            fields.put(matches.get(0).get(0), matches.get(0).get(1));
        }
        return fields;
    }

    private static Stream<RecordComponent> components(Class<?> type) {
        return type.isRecord() ? Arrays.stream(type.getRecordComponents()) : Stream.of();
    }

    private static Stream<String> constants(RecordComponent component) {
        var values = component.getType().getEnumConstants();
        return values == null ? Stream.of() : Arrays.stream(values).map(value -> ((Enum<?>) value).name());
    }

    private static List<String> names(Class<?> type) {
        return components(type).map(RecordComponent::getName).toList();
    }

    private static List<String> values(Class<?> type) {
        return components(type).flatMap(ReadCorrection::constants).toList();
    }

    private static String example(Class<?> type) {
        return values(type).stream().findFirst().map(value -> '"' + value + '"').orElse("a value");
    }
}
