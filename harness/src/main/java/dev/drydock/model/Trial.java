package dev.drydock.model;

import dev.drydock.journal.ModelCall.Prompt;
import dev.drydock.journal.ModelCall.Tokens;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an eval or a replay asks models: with another prompt or model, and from recorded answers. What is decided in a trial is
 * never delivered, and its tools with side effects are recorded only. Called from several threads at once.
 */
public interface Trial {

    /** The text that replaces the system message of an AI service's method; empty to keep the message. */
    default Optional<String> systemMessage(String promptName) {
        return Optional.empty();
    }

    /** The model to ask; empty for the configured one. */
    default Optional<String> model() {
        return Optional.empty();
    }

    /**
     * The recorded answer to a request; empty if there is none.
     *
     * @param key a hash of the masked request: the same for the same question to the same model
     */
    Optional<Recording> find(String key);

    /** Whether a request without a recorded answer is sent. If not, it fails with {@link NotRecordedException}. */
    boolean maySend();

    /** Called with each answer that was not recorded before. */
    default void answered(Recording answer) {}

    /**
     * An answer with what it cost.
     *
     * @param answer JSON, masked
     * @param costUsd null if no price is known
     */
    record Recording(
            String key,
            String model,
            Prompt prompt,
            String answer,
            Tokens tokens,
            @Nullable BigDecimal costUsd,
            long latencyMillis) {}
}
