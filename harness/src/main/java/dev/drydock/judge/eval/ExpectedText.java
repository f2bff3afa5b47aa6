package dev.drydock.judge.eval;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a case expects of a text that can be right in many words. */
sealed interface ExpectedText {

    double USUAL = 0.7;

    /**
     * The text means nearly the same as this one: {@code {"like": "…", "atLeast": 0.7}}.
     *
     * @param atLeast the least cosine of the embeddings
     */
    record Like(String text, double atLeast) implements ExpectedText {}

    /** A model says that the text meets this criterion: {@code {"judge": "…"}}. */
    record Judged(String criterion) implements ExpectedText {}

    /** Those of a case, by the field. Fails with {@link EvalException} if one is neither of both. */
    static Map<String, ExpectedText> in(JsonNode expected, Class<?> decisionType) {
        var texts = new LinkedHashMap<String, ExpectedText>();
        expected.properties().stream()
                .filter(field -> field.getValue().isObject() && isText(field.getKey(), decisionType))
                .forEach(field -> texts.put(field.getKey(), read(field.getKey(), field.getValue())));
        return texts;
    }

    private static boolean isText(String field, Class<?> decisionType) {
        return decisionType.isRecord()
                && Stream.of(decisionType.getRecordComponents())
                        .filter(component -> component.getName().equals(field))
                        .map(RecordComponent::getGenericType)
                        .anyMatch(type -> type == String.class
                                || type.getTypeName().equals(Optional.class.getName() + "<java.lang.String>"));
    }

    private static ExpectedText read(String field, JsonNode value) {
        var names = new TreeSet<String>();
        value.fieldNames().forEachRemaining(names::add);
        var atLeast = value.path("atLeast").asDouble(USUAL);
        if (value.path("like").isTextual()
                && Set.of("like", "atLeast").containsAll(names)
                && atLeast > 0
                && atLeast <= 1) {
            return new Like(value.path("like").asText(), atLeast);
        }
        if (value.path("judge").isTextual() && names.size() == 1) {
            return new Judged(value.path("judge").asText());
        }
        throw new EvalException(
                "\"expected\": %s is a text, {\"like\": \"a text\", \"atLeast\": 0.7} or {\"judge\": \"a criterion\"}"
                        .formatted(field));
    }
}
