package dev.drydock.judge.eval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An item and what is right for it: one line of {@code evals/NAME/cases.jsonl}.
 *
 * @param label the label that is right
 * @param item JSON of the agent's item
 * @param expected the fields of the decision that are known to be right, as JSON; an empty object if none is
 * @param tags for people, such as {@code injection}
 */
public record EvalCase(String id, CaseSet set, String label, JsonNode item, JsonNode expected, List<String> tags) {

    /** Cases to work with, and cases that only measure. No item stands in both. */
    public enum CaseSet {
        DEV,
        HOLDOUT
    }
}
