package dev.drydock.concurrent;

import java.time.Duration;
import java.time.Instant;

/**
 * Notices that the system clock was set, or that the machine was suspended: then the clock and the elapsed time of
 * {@link System#nanoTime()} no longer agree.
 */
public final class ClockGuard {

    /** Clocks are slewed by less than this between two checks. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private Instant expected;
    private long nanos;

    /** Starts at this time of the clock and of {@link System#nanoTime()}. */
    public ClockGuard(Instant now, long nanoTime) {
        this.expected = now;
        this.nanos = nanoTime;
    }

    /** How far the clock jumped since the last check: negative if it was set back, zero if it agrees with elapsed time. */
    public synchronized Duration check(Instant now, long nanoTime) {
        expected = expected.plusNanos(nanoTime - nanos);
        nanos = nanoTime;
        var jump = Duration.between(expected, now);
        expected = now;
        return jump.abs().compareTo(TOLERANCE) > 0 ? jump : Duration.ZERO;
    }
}
