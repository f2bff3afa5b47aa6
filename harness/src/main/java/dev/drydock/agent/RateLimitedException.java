package dev.drydock.agent;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A receiver or a source takes no more for now, and says when it will.
 *
 * <p>Thrown by {@link Agent#deliver} and {@link Agent#fetch}, and by the ready-made channels and sources. It is no failure:
 * nothing counts as an attempt, and no circuit opens. Deliveries wait, and continue in their order.
 */
public class RateLimitedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private final @Nullable Duration retryAfter;

    /** @param retryAfter the pause that was asked for; null if none was named */
    public RateLimitedException(String message, @Nullable Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** The pause that was asked for; empty if none was named. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
