package dev.drydock.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model.
 *
 * @param price null if none is configured
 * @param contextTokens how much it takes, question and answer together; null if not known
 * @param outputTokens the longest answer that is asked for
 * @param mostOutputTokens the longest answer that may be asked for
 * @param effort the reasoning effort to ask for; null for the model's own
 */
record ModelProfile(
        String name,
        @Nullable Price price,
        @Nullable Integer contextTokens,
        int outputTokens,
        int mostOutputTokens,
        boolean reasoning,
        @Nullable String effort) {

    private static final int MORE = 4;

    ModelProfile withContext(int tokens) {
        return new ModelProfile(name, price, tokens, outputTokens, mostOutputTokens, reasoning, effort);
    }

    /** The same with a limit for the answer, if that is lower. */
    ModelProfile answeringAtMost(int tokens) {
        return tokens >= outputTokens
                ? this
                : new ModelProfile(
                        name, price, contextTokens, Math.max(1, tokens), mostOutputTokens, reasoning, effort);
    }

    /** The same with room for a longer answer; where there is none, with less effort spent on reasoning. */
    ModelProfile answeringMore() {
        var more = (int) Math.min((long) outputTokens * MORE, mostOutputTokens);
        return new ModelProfile(
                name,
                price,
                contextTokens,
                Math.max(outputTokens, more),
                mostOutputTokens,
                reasoning,
                reasoning && more <= outputTokens ? "low" : effort);
    }

    /** In US dollars, for a million tokens. */
    record Price(BigDecimal input, BigDecimal cachedInput, BigDecimal output) {

        private static final int MILLION = 6;

        /** What a call costs, exactly. Cached tokens are part of the input, reasoning is part of the output. */
        BigDecimal of(long inputTokens, long cachedTokens, long outputTokens) {
            return input.multiply(BigDecimal.valueOf(inputTokens - cachedTokens))
                    .add(cachedInput.multiply(BigDecimal.valueOf(cachedTokens)))
                    .add(output.multiply(BigDecimal.valueOf(outputTokens)))
                    .movePointLeft(MILLION);
        }
    }
}
