package dev.drydock.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How long this process may use what the database granted it for a time. Counts from before the request was sent, by elapsed
 * time and by the clock, whichever is longer: a clock that is set back does not prolong it, and a suspended machine ends it.
 */
public final class Lease {

    private final InstantSource clock;
    private final Instant end;
    private final long endNanos;

    private Lease(InstantSource clock, Duration length) {
        this.clock = clock;
        this.end = clock.instant().plus(length);
        this.endNanos = System.nanoTime() + length.toNanos();
    }

    /** To be called before the request for it is sent. */
    public static Lease beginning(InstantSource clock, Duration length) {
        return new Lease(clock, length);
    }

    /** False from its end on, when another process may hold it. */
    public boolean isHeld() {
        return System.nanoTime() - endNanos < 0 && clock.instant().isBefore(end);
    }
}
