package dev.drydock.judge.eval;

import dev.drydock.judge.eval.EvalCase.CaseSet;
import dev.drydock.judge.eval.EvalTrial.Answers;
import dev.drydock.judge.eval.EvalTrial.Replacement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an eval is asked for.
 *
 * @param set null for all cases
 * @param baseline null for {@code evals/NAME/baseline.json}
 * @param prompts texts that replace system messages, by the names of their prompts
 * @param model null for the configured one
 * @param budgetUsd what it may cost, besides the other budgets; null for no limit of its own
 */
public record EvalOptions(
        @Nullable CaseSet set,
        @Nullable Path baseline,
        boolean updateBaseline,
        Map<String, String> prompts,
        @Nullable String model,
        boolean record,
        boolean live,
        int repeat,
        @Nullable BigDecimal budgetUsd) {

    /** For a person. */
    public EvalOptions(
            @Nullable CaseSet set,
            @Nullable Path baseline,
            boolean updateBaseline,
            Map<String, String> prompts,
            @Nullable String model,
            boolean record,
            boolean live,
            int repeat) {
        this(set, baseline, updateBaseline, prompts, model, record, live, repeat, null);
    }

    /** Asks the model about all cases. */
    static EvalOptions live(BigDecimal budgetUsd) {
        return new EvalOptions(null, null, false, Map.of(), null, false, true, 1, budgetUsd);
    }

    /** Asks the model about the cases that a developer may look at while working on a prompt. */
    public static EvalOptions dev(@Nullable BigDecimal budgetUsd) {
        return new EvalOptions(CaseSet.DEV, null, false, Map.of(), null, false, true, 1, budgetUsd);
    }

    EvalTrial trial(Recordings recordings, Replacement variant) {
        return new EvalTrial(answers(), recordings, variant, Optional.ofNullable(budgetUsd));
    }

    private Answers answers() {
        return record ? (live ? Answers.RECORD_LIVE : Answers.RECORD) : live ? Answers.LIVE : Answers.RECORDED;
    }

    Replacement variant() {
        return new Replacement(prompts, model);
    }

    /** Fails with {@link EvalException} if they contradict each other. */
    void check() {
        if (repeat() > 1 && !live()) {
            throw new EvalException("--repeat asks the model again and again: add --live");
        }
        if (updateBaseline() && set() != null) {
            throw new EvalException("--update-baseline takes all cases: leave out --set");
        }
        if (updateBaseline() && !variant().isNone()) {
            throw new EvalException("--update-baseline takes the agent as it is: put the prompt into its class, or the"
                    + " model into OPENAI_MODEL, and leave out --prompt and --model");
        }
    }
}
