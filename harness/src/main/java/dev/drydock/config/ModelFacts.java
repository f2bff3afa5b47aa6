package dev.drydock.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMin;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

/** One model: its prices in US dollars for a million tokens, and its limits. */
public interface ModelFacts {

    Optional<@DecimalMin("0") BigDecimal> inputUsd();

    /** Price of cached input; without it, the price of other input. */
    Optional<@DecimalMin("0") BigDecimal> cachedInputUsd();

    Optional<@DecimalMin("0") BigDecimal> outputUsd();

    /** Input and output together. Without it, only the server's complaint cuts a request. */
    OptionalInt contextTokens();

    OptionalInt outputTokens();

    /** Whether it is a reasoning model, which does not accept a temperature. */
    @WithDefault("false")
    boolean reasoning();

    /** How the schema of an answer is sent. Without it, the first form that the server takes. */
    Optional<AnswerFormat> answerFormat();

    /** Whether schemas may hold {@code maxLength} and {@code maxItems}. */
    @WithDefault("true")
    boolean schemaBounds();

    /** The name of the limit of an answer. Without it, the one that the server takes. */
    Optional<LimitParameter> limitParameter();

    /** Whether a temperature may be sent. */
    @WithDefault("true")
    boolean temperature();

    /** Forms in which the schema of an answer can be sent, from the strictest to the loosest. */
    enum AnswerFormat {
        JSON_SCHEMA,
        /** The server guarantees JSON; the schema is in the prompt. */
        JSON_OBJECT,
        /** The schema is in the prompt, and nothing else. */
        PROMPT
    }

    /** Names of the limit of an answer in tokens. */
    enum LimitParameter {
        MAX_TOKENS,
        MAX_COMPLETION_TOKENS
    }
}
