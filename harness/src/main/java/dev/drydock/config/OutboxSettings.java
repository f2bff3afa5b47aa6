package dev.drydock.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How outputs go out. */
public interface OutboxSettings {

    /** Between two looks for deliveries that are due again; 0 leaves them to the cycles. */
    @WithDefault("10s")
    Duration every();

    /** A claim is void after this time, and another process may take the entry. */
    @WithDefault("5m")
    Duration lease();

    /** After this many attempts an entry is UNDELIVERABLE. */
    @WithDefault("20")
    @Min(1)
    int maxAttempts();

    /** The pause after the first failed attempt; it doubles with each further one. */
    @WithDefault("30s")
    Duration backoff();

    @WithDefault("1h")
    Duration maxBackoff();
}
