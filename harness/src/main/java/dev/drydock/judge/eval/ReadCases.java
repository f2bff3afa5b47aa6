package dev.drydock.judge.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.agent.AgentSpec;
import dev.drydock.judge.eval.EvalCase.CaseSet;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the labelled cases of an agent, and names all faults in them at once, each with its line. */
@Singleton
public class ReadCases {

    private static final Set<String> REQUIRED = Set.of("id", "set", "label", "item");
    private static final Set<String> OPTIONAL = Set.of("expected", "tags", "note", "source");

    private final ObjectMapper json;

    public ReadCases(ObjectMapper json) {
        this.json = json.copy()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** Fails with {@link EvalException} if the file is missing, has no case, or has a line that is no case of this agent. */
    public List<EvalCase> read(Path file, AgentSpec<?, ?> spec) {
        var lines = lines(file);
        var faults = new ArrayList<String>();
        var cases = new ArrayList<EvalCase>();
        var places = new Places();
        for (var at = 0; at < lines.size(); at++) {
            var place = "%s:%d".formatted(file, at + 1);
            if (!lines.get(at).isBlank()) {
                try {
                    var each = read(lines.get(at), spec);
                    places.add(each, place);
                    cases.add(each);
                } catch (EvalException | JsonProcessingException e) {
                    var why = e instanceof JsonProcessingException wrong ? wrong.getOriginalMessage() : e.getMessage();
                    faults.add("%s: %s".formatted(place, why));
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new EvalException("%d lines are no cases:%n  %s"
                    .formatted(faults.size(), String.join(System.lineSeparator() + "  ", faults)));
        }
        if (cases.isEmpty()) {
            throw new EvalException(file + " has no case: write one on each line, with id, set, label and item");
        }
        return List.copyOf(cases);
    }

    /** Fails with {@link EvalException} if the line is no case of this agent. */
    void check(String line, AgentSpec<?, ?> spec) {
        try {
            read(line, spec);
        } catch (JsonProcessingException e) {
            throw new EvalException(e.getOriginalMessage());
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new EvalException("Cannot read %s: %s".formatted(file, e));
        }
    }

    private EvalCase read(String line, AgentSpec<?, ?> spec) throws JsonProcessingException {
        var fields = json.readTree(line);
        if (!fields.isObject()) {
            throw new EvalException("a case is a JSON object");
        }
        var names = new TreeSet<String>();
        fields.fieldNames().forEachRemaining(names::add);
        var missing =
                REQUIRED.stream().filter(name -> !names.contains(name)).sorted().toList();
        names.removeAll(REQUIRED);
        names.removeAll(OPTIONAL);
        if (!missing.isEmpty() || !names.isEmpty()) {
            throw new EvalException("missing fields: %s; unknown fields: %s".formatted(missing, names));
        }
        var expected = fields.path("expected");
        checkExpected(expected, spec.decisionType());
        json.treeToValue(fields.path("item"), spec.itemType());
        return new EvalCase(
                text(fields, "id"),
                set(text(fields, "set")),
                text(fields, "label"),
                fields.path("item"),
                expected.isMissingNode() ? json.createObjectNode() : expected,
                json.convertValue(fields.path("tags"), String[].class) == null
                        ? List.of()
                        : List.of(json.convertValue(fields.path("tags"), String[].class)));
    }

    private static String text(JsonNode fields, String name) {
        if (!fields.path(name).isTextual() || fields.path(name).asText().isBlank()) {
            throw new EvalException("\"%s\" is a text that is not empty".formatted(name));
        }
        return fields.path(name).asText();
    }

    private static CaseSet set(String name) {
        return Stream.of(CaseSet.values())
                .filter(set -> set.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new EvalException("\"set\" is dev or holdout, not " + name));
    }

    private static void checkExpected(JsonNode expected, Class<?> decisionType) {
        if (!expected.isMissingNode() && !expected.isObject()) {
            throw new EvalException("\"expected\" is an object with fields of the decision");
        }
        if (decisionType.isRecord()) {
            var known = Stream.of(decisionType.getRecordComponents())
                    .map(RecordComponent::getName)
                    .collect(Collectors.toSet());
            expected.fieldNames().forEachRemaining(name -> {
                if (!known.contains(name)) {
                    throw new EvalException(
                            "\"expected\" has the field %s, which a decision does not have".formatted(name));
                }
            });
            ExpectedText.in(expected, decisionType);
        }
    }

    /** Where each id and each item was seen first. */
    private static final class Places {

        private final Map<String, String> ids = new HashMap<>();
        private final Map<JsonNode, EvalCase> items = new HashMap<>();

        void add(EvalCase each, String place) {
            var first = ids.putIfAbsent(each.id(), place);
            if (first != null) {
                throw new EvalException("the id %s stands in %s, too".formatted(each.id(), first));
            }
            var twin = items.putIfAbsent(each.item(), each);
            if (twin != null && twin.set() != each.set()) {
                throw new EvalException("the item is that of %s, which is in the other set".formatted(twin.id()));
            }
        }
    }
}
