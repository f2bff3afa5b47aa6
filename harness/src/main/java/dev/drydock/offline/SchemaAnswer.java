package dev.drydock.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Fills in a JSON schema from a message: an enum takes the value whose description is nearest to the message, a text the
 * sentences nearest to the text's own description. Where that gives an example, "such as 2026-11-24", a value of the same
 * shape is quoted from the nearest line that has one. A list says so much of each of the three paragraphs nearest to its
 * description.
 *
 * <p>The descriptions of an enum's values are the lines {@code VALUE: description} of the enum's own; a value without
 * one is never taken. If none has one, the value that occurs in the message is taken. Labelled cases whose items are near to the
 * message have a vote, too.
 */
final class SchemaAnswer {

    private static final int LONGEST_LIST = 3;

    private final ObjectMapper json;
    private final EmbeddingSimilarity nearness;
    private final LabelledCases cases;

    SchemaAnswer(ObjectMapper json, EmbeddingSimilarity nearness, LabelledCases cases) {
        this.json = json;
        this.nearness = nearness;
        this.cases = cases;
    }

    /** The content of the answer to a request of chat completions: JSON if a schema was given, else a sentence. */
    String answer(JsonNode request) throws JsonProcessingException {
        var message = Sentences.of(lastUserMessage(request));
        var schema = request.path("response_format").path("json_schema").path("schema");
        return schema.isMissingNode() ? message.first() : fill(schema, message);
    }

    /** JSON that follows a schema. */
    String fill(JsonNode schema, Sentences message) throws JsonProcessingException {
        return json.writeValueAsString(value(schema, "", message, Map.of()));
    }

    static String lastUserMessage(JsonNode request) {
        return StreamSupport.stream(request.path("messages").spliterator(), false)
                .filter(message -> message.path("role").asText().equals("user"))
                .map(message -> message.path("content"))
                .map(content -> content.isTextual()
                        ? content.asText()
                        : content.path(0).path("text").asText())
                .reduce("", (earlier, later) -> later);
    }

    private Object value(JsonNode schema, String name, Sentences message, Map<String, Double> votes) {
        var description = schema.path("description").asText(name);
        if (schema.has("enum")) {
            return choice(schema.path("enum"), description, message, votes);
        }
        var example = Shape.ofExampleIn(description);
        return switch (type(schema)) {
            case "object" -> object(schema, message);
            case "array" -> list(schema.path("items"), description, message);
            case "integer", "number" ->
                example.flatMap(shape -> quote(shape, description, message))
                        .map(Shape::number)
                        .orElse(BigDecimal.ZERO);
            case "boolean" -> false;
            default ->
                example.isEmpty()
                        ? nearness.sentence(description, message)
                        : quote(example.get(), description, message).orElse("");
        };
    }

    /** In strict schemas, what may be missing is of one type or null. */
    private static String type(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray() ? type.path(0).asText() : type.asText();
    }

    private Optional<String> quote(Shape shape, String description, Sentences message) {
        var fitting = message.lines().stream()
                .filter(line -> shape.firstIn(line).isPresent())
                .toList();
        return nearness.ranked(description, fitting).stream().findFirst().flatMap(shape::firstIn);
    }

    private List<Object> list(JsonNode element, String description, Sentences message) {
        return nearness.ranked(description, message.paragraphs()).stream()
                .limit(LONGEST_LIST)
                .map(paragraph -> value(element, "", Sentences.of(paragraph), Map.of()))
                .toList();
    }

    private Map<String, Object> object(JsonNode schema, Sentences message) {
        var object = new LinkedHashMap<String, Object>();
        var properties = schema.path("properties");
        properties.fieldNames().forEachRemaining(name -> {
            var votes = cases.votes(properties, name, message);
            object.put(name, value(properties.path(name), name, message, votes));
        });
        return object;
    }

    private String choice(JsonNode values, String description, Sentences message, Map<String, Double> votes) {
        var glosses = glosses(values, description);
        if (!glosses.isEmpty()) {
            return nearness.nearest(glosses, message, votes);
        }
        var names = new LinkedHashMap<String, String>();
        values.forEach(value -> names.put(value.asText(), value.asText().replace('_', ' ')));
        return names.keySet().stream()
                .filter(name -> message.text().matches("(?s).*\\b" + Pattern.quote(name) + "\\b.*"))
                .findFirst()
                .orElseGet(() -> nearness.nearest(names, message, votes));
    }

    /** What an enum's description says of its values. */
    static Map<String, String> glosses(JsonNode values, String description) {
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
        return glosses;
    }

    /** What values look like that are of the same kind as an example: where it has digits, they have digits. */
    private record Shape(Pattern pattern) {

        private static final Pattern EXAMPLE = Pattern.compile("\\bsuch as (\\S*[^\\s.,;:)])");
        private static final Pattern RUNS = Pattern.compile("\\d+|\\p{L}+|.");

        /** Of the first {@code such as EXAMPLE}, if a description has one with a digit in it: words alone have no shape. */
        static Optional<Shape> ofExampleIn(String description) {
            var example = EXAMPLE.matcher(description);
            return example.find() && example.group(1).matches(".*\\d.*")
                    ? Optional.of(new Shape(like(example.group(1))))
                    : Optional.empty();
        }

        private static Pattern like(String example) {
            var shape = RUNS.matcher(example).replaceAll(run -> replacement(run).replace("\\", "\\\\"));
            return Pattern.compile("(?<![\\w.,-])" + shape + "(?!\\w|[.,-]\\d)");
        }

        private static String replacement(MatchResult run) {
            var first = run.group().charAt(0);
            return Character.isDigit(first)
                    ? "\\d+"
                    : Character.isLetter(first) ? "\\p{L}+" : Pattern.quote(run.group());
        }

        Optional<String> firstIn(String text) {
            return pattern.matcher(text).results().map(MatchResult::group).findFirst();
        }

        /** The number in a text of a shape with digits. */
        static BigDecimal number(String text) {
            return new BigDecimal(text.replaceAll("[^\\d.]", ""));
        }
    }
}
