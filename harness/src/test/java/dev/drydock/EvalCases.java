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

/** The labelled cases of an agent: one JSON document a line, in {@code evals/NAME/cases.jsonl}. */
public final class EvalCases {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** An item, and the label that a person would give it. */
    public record Case<I, L>(String id, I item, L label) {}

    private EvalCases() {}

    /** Reads all of them; fails for a line that is no case, an id that comes twice, and a label that the agent does not have. */
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
