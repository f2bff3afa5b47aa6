package dev.drydock.judge.eval;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drydock.judge.eval.EvalCase.CaseSet;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent decided about a case.
 *
 * @param label the label that is right
 * @param given the label that was given; null if the case could not be decided
 * @param dangerous whether the agent's spec calls the mistake dangerous
 * @param fields whether each expected field is as expected
 * @param byRule whether no model was asked
 * @param fault why the case could not be decided
 * @param costUsd null if a price is not known
 * @param latencyMillis of the model's calls; null if none was made
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CaseResult(
        String id,
        CaseSet set,
        String label,
        @Nullable String given,
        boolean dangerous,
        Map<String, Boolean> fields,
        boolean byRule,
        @Nullable String fault,
        @Nullable BigDecimal costUsd,
        @Nullable Long latencyMillis) {

    static final String NONE = "(none)";

    boolean correct() {
        return label.equals(given);
    }

    /** The names of the fields that are not as expected, for people. */
    String wrongFields() {
        return fields.entrySet().stream()
                .filter(field -> !field.getValue())
                .map(Map.Entry::getKey)
                .sorted()
                .collect(joining(", "));
    }

    /** What is wrong with the decision, for people: its label, or else its fields. */
    String mistake() {
        return correct()
                ? "%s, which is right; wrong: %s".formatted(decided(), wrongFields())
                : "%s, right is %s".formatted(decided(), label);
    }

    /** The label that was given, for people. */
    String decided() {
        return given == null ? NONE : given;
    }
}
