package dev.drydock.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.drydock.model.AnswerSchema.Fault;
import dev.drydock.model.UnusableAnswerException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one JSON value that follows a schema in whatever surrounds it: a code fence, prose, reasoning in {@code
 * <think>}, an object around it. Takes time in proportion to the length of the text, and ends when it is interrupted.
 */
final class ExtractAnswer {

    /**
     * What was found.
     *
     * @param json the value as JSON; null if there is a fault
     */
    record Result(@Nullable String json, @Nullable Fault fault) {

        static Result faulty(Reason reason, String what) {
            return new Result(null, new Fault(reason, what));
        }
    }

    /** More values than this in one text are noise. */
    private static final int MOST_VALUES = 64;

    private final ObjectReader strict;
    private final ObjectReader lenient;

    ExtractAnswer(ObjectMapper mapper) {
        strict = mapper.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        lenient = strict.with(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS);
    }

    Result from(String text, AnswerSchema schema) {
        var answer = JsonSpans.withoutReasoning(text);
        if (answer.isBlank()) {
            return Result.faulty(Reason.NO_JSON, "the answer is empty");
        }
        var whole = parse(strict, answer);
        if (whole.isPresent() && whole.get().isTextual()) {
            answer = whole.get().asText(); // JSON that was put into a string
            whole = parse(strict, answer);
        }
        if (whole.isPresent() && whole.get().isContainerNode()) {
            return choose(List.of(new Candidate(answer.strip(), whole.get())), schema);
        }
        var found = candidates(strict, answer, false);
        if (found.isEmpty()) {
            found = candidates(lenient, answer, true);
        }
        return found.isEmpty() ? Result.faulty(Reason.NO_JSON, "the answer is no JSON") : choose(found, schema);
    }

    private record Candidate(String text, JsonNode value) {}

    private List<Candidate> candidates(ObjectReader reader, String text, boolean linesInStrings) {
        var found = new ArrayList<Candidate>();
        for (var span : JsonSpans.in(text, linesInStrings)) {
            var part = text.substring(span.start(), span.end());
            parse(reader, part).ifPresent(value -> found.add(new Candidate(part, value)));
            if (found.size() > MOST_VALUES) {
                return List.of();
            }
        }
        return found;
    }

    /** The only value that follows the schema. Values that are equal count as one. */
    private static Result choose(List<Candidate> candidates, AnswerSchema schema) {
        var following = new LinkedHashMap<JsonNode, String>();
        var faults = new ArrayList<Fault>();
        for (var candidate : candidates) {
            var value = candidate.value();
            var corrected = schema.correctCase(value);
            var fault = schema.check(value);
            if (fault.isEmpty()) {
                following.putIfAbsent(value, corrected ? value.toString() : candidate.text());
            } else {
                unwrapped(value, schema)
                        .ifPresentOrElse(
                                inner -> following.putIfAbsent(inner, inner.toString()), () -> faults.add(fault.get()));
            }
        }
        if (following.size() == 1) {
            return new Result(following.values().iterator().next(), null);
        }
        if (following.size() > 1) {
            return Result.faulty(Reason.WRONG_SHAPE, "there are several answers that differ; give one");
        }
        return new Result(null, faults.get(faults.size() - 1));
    }

    /** What an object or a list of one element is put around, or an object under {@code properties}. */
    private static Optional<JsonNode> unwrapped(JsonNode value, AnswerSchema schema) {
        var inner = value.path("properties").isObject()
                ? value.path("properties")
                : value.isContainerNode() && value.size() == 1
                        ? value.elements().next()
                        : null;
        if (inner == null || !inner.isContainerNode()) {
            return Optional.empty();
        }
        schema.correctCase(inner);
        return schema.check(inner).isEmpty() ? Optional.of(inner) : Optional.empty();
    }

    private static Optional<JsonNode> parse(ObjectReader reader, String text) {
        try {
            return Optional.ofNullable(reader.<JsonNode>readValue(text)).filter(value -> !value.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
