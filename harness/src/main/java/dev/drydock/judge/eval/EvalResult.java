package dev.drydock.judge.eval;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What an agent decided about its cases; also the content of {@code baseline.json}.
 *
 * @param model the models that were asked
 * @param prompts the version of each prompt that was used
 * @param cases in the order of the file
 */
@RegisterForReflection
public record EvalResult(String model, Map<String, String> prompts, List<CaseResult> cases) {

    EvalResult only(Predicate<CaseResult> some) {
        return new EvalResult(model, prompts, cases.stream().filter(some).toList());
    }

    Optional<CaseResult> of(String id) {
        return cases.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** As in {@code Judge.judge 3f2a9c01d2e4}. */
    String promptLine() {
        return prompts.entrySet().stream()
                .map(prompt -> (prompt.getKey() + " " + prompt.getValue()).strip())
                .collect(Collectors.joining(", "));
    }

    EvalFigures figures() {
        return EvalFigures.of(cases);
    }
}
