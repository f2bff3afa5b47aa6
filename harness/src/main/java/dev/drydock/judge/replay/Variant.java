package dev.drydock.judge.replay;

import dev.drydock.config.ShadowCandidate;
import dev.drydock.config.ShadowCandidate.PromptFile;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What would decide in place of today's code and settings.
 *
 * @param prompt the text in place of the system message
 * @param model the model in place of the configured one
 * @param live whether models are asked; if not, only questions on record are answered
 * @param budgetUsd what the agent's trials may cost in a day, besides the other budgets; empty for no limit of their own
 * @param beside whether it decides beside the agent, day by day, and leaves it what it needs
 */
public record Variant(
        Optional<String> prompt, Optional<String> model, boolean live, Optional<BigDecimal> budgetUsd, boolean beside) {

    /** No third lane. */
    public static final Variant NONE = new Variant(Optional.empty(), Optional.empty(), false);

    /** Today's code and settings, asked anew. */
    public static final Variant LIVE = new Variant(Optional.empty(), Optional.empty(), true);

    public Variant(Optional<String> prompt, Optional<String> model, boolean live) {
        this(prompt, model, live, Optional.empty(), false);
    }

    /** Today's code and settings, asked anew within a budget. */
    static Variant live(Optional<BigDecimal> budgetUsd) {
        return new Variant(Optional.empty(), Optional.empty(), true, budgetUsd, false);
    }

    static Variant beside(ShadowCandidate candidate) {
        return new Variant(
                candidate.prompt().map(PromptFile::text),
                candidate.model(),
                true,
                Optional.of(candidate.budgetUsd()),
                true);
    }

    /** Whether there is a third lane. */
    boolean exists() {
        return live || prompt.isPresent() || model.isPresent();
    }
}
