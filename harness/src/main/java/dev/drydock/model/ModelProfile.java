package dev.drydock.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model.
 *
 * @param price null if nobody has configured one
 * @param contextTokens how much it takes, question and answer together; null if not known
 * @param outputTokens the longest answer that may be asked of it
 * @param reasoning whether it thinks first, and so takes no temperature
 */
record ModelProfile(
        String name, @Nullable Price price, @Nullable Integer contextTokens, int outputTokens, boolean reasoning) {

    /** The same with a limit for the answer, if that is lower. */
    ModelProfile answeringAtMost(@Nullable Integer tokens) {
        return tokens == null || tokens >= outputTokens
                ? this
                : new ModelProfile(name, price, contextTokens, tokens, reasoning);
    }

    /** In US dollars, for a million tokens. */
    record Price(BigDecimal input, BigDecimal cachedInput, BigDecimal output) {

        private static final int MILLION = 6;

        /** What a call costs, exactly. Cached tokens are part of the input, thoughts part of the output. */
        BigDecimal of(long inputTokens, long cachedTokens, long outputTokens) {
            return input.multiply(BigDecimal.valueOf(inputTokens - cachedTokens))
                    .add(cachedInput.multiply(BigDecimal.valueOf(cachedTokens)))
                    .add(output.multiply(BigDecimal.valueOf(outputTokens)))
                    .movePointLeft(MILLION);
        }
    }
}
