package dev.drydock.judge.eval;

import dev.drydock.model.Trial;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an eval asks: which answers may be recorded ones, and what is tried in place of the current prompt and model. */
final class EvalTrial implements Trial {

    /** Where answers come from. */
    enum Answers {

        /** From the recordings only. */
        RECORDED,

        /** From the recordings, else from the model, whose answers are recorded. */
        RECORD,

        /** From the model. */
        LIVE,

        /** From the model, whose answers replace the recorded ones. */
        RECORD_LIVE;

        boolean sends() {
            return this != RECORDED;
        }

        boolean records() {
            return this == RECORD || this == RECORD_LIVE;
        }

        boolean reads() {
            return this == RECORDED || this == RECORD;
        }
    }

    /**
     * What is tried.
     *
     * @param prompts the texts of system messages by the names of their prompts; the name is empty if the agent has only one
     * @param model null for the configured one
     */
    record Replacement(
            Map<String, String> prompts, @Nullable String model) {

        static final Replacement NONE = new Replacement(Map.of(), null);

        boolean isNone() {
            return equals(NONE);
        }
    }

    private final Answers answers;
    private final Recordings recordings;
    private final Replacement variant;
    private final Optional<BigDecimal> budgetUsd;

    EvalTrial(Answers answers, Recordings recordings, Replacement variant, Optional<BigDecimal> budgetUsd) {
        this.answers = answers;
        this.recordings = recordings;
        this.variant = variant;
        this.budgetUsd = budgetUsd;
    }

    @Override
    public Optional<BigDecimal> budgetUsd() {
        return budgetUsd;
    }

    /** The same for what is asked besides the agent's questions. */
    EvalTrial withoutVariant() {
        return new EvalTrial(answers, recordings, Replacement.NONE, budgetUsd);
    }

    @Override
    public Optional<String> systemMessage(String promptName) {
        var named = variant.prompts().get(promptName);
        return Optional.ofNullable(named == null ? variant.prompts().get("") : named);
    }

    @Override
    public Optional<String> model() {
        return Optional.ofNullable(variant.model());
    }

    @Override
    public Optional<Recording> find(String key) {
        return answers.reads() ? recordings.find(key) : Optional.empty();
    }

    @Override
    public boolean maySend() {
        return answers.sends();
    }

    @Override
    public void answered(Recording answer) {
        if (answers.records()) {
            recordings.add(answer);
        }
    }
}
