package dev.drydock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drydock.agent.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the labelled cases of an agent: one JSON document a line, in {@code evals/NAME/cases.jsonl}. */
public final class EvalCases {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** An item and the label that is right for it. */
    public record Case<I, L>(String id, I item, L label) {}

    private EvalCases() {}

    /** Reads all cases; fails for a line that is not a case, for a duplicate id, and for an unknown label. */
    public static <I extends Item, L> List<Case<I, L>> read(Path file, Class<I> item, Function<String, L> label)
            throws IOException {
        var cases = new ArrayList<Case<I, L>>();
        for (var line : Files.readAllLines(file)) {
            var json = JSON.readTree(line);
            assertThat(json.fieldNames()).toIterable().as(line).containsExactlyInAnyOrder("id", "set", "label", "item");
            assertThat(json.path("set").asText()).as(line).isIn("dev", "holdout");
            cases.add(new Case<>(
                    json.path("id").asText(),
                    JSON.treeToValue(json.path("item"), item),
                    label.apply(json.path("label").asText())));
        }
        assertThat(cases).isNotEmpty().extracting(Case::id).doesNotHaveDuplicates();
        return cases;
    }
}
