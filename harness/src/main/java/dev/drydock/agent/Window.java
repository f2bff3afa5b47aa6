package dev.drydock.agent;

import java.time.Instant;

/**
 * The stretch of time that a cycle answers for, from inclusive to exclusive.
 *
 * <p>It starts where the last completed cycle ended, less an overlap for late arrivals ({@code drydock.overlap}), and so
 * covers cycles that were skipped or failed; it never reaches back further than {@code drydock.look-back}.
 *
 * @param first true until one cycle of the agent has completed. A source that is cheap to read whole, a folder say,
 *     then offers everything it has, however old
 */
public record Window(Instant from, Instant to, boolean first) {

    public Window {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("a window cannot end at %s before it starts at %s".formatted(to, from));
        }
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }
}
