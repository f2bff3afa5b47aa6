package dev.drydock.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMin;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

/** One model: its prices in US dollars for a million tokens, and its limits. */
public interface ModelFacts {

    Optional<@DecimalMin("0") BigDecimal> inputUsd();

    /** Of input that the server had seen before; without it, such input costs as much as other. */
    Optional<@DecimalMin("0") BigDecimal> cachedInputUsd();

    Optional<@DecimalMin("0") BigDecimal> outputUsd();

    /** Input and output together. Without it, only the server's complaint cuts a request. */
    OptionalInt contextTokens();

    OptionalInt outputTokens();

    /** Whether it thinks first, and so takes no temperature. */
    @WithDefault("false")
    boolean reasoning();
}
