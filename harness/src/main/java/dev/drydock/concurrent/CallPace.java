package dev.drydock.concurrent;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How fast a server takes calls: none before the time that it named, no more than it said it will take, and, once it has
 * refused calls twice, no faster than it accepted them between its last two refusals. Not thread-safe.
 */
public final class CallPace {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The pause after a refusal that names no time; doubles with each further refusal in a row. */
    private static final long FIRST_PAUSE = SECOND / 2;

    private static final long LONGEST_PAUSE = 30 * SECOND;
    private static final int MOST_DOUBLINGS = 10;
    private static final double FASTER = 1.02;

    private final RandomGenerator random;

    private long notBefore;
    private int refusalsInARow;

    /** Calls that the server will still take until {@link #allowanceUntil}, by its own headers; negative if unknown. */
    private int allowance = -1;

    private long allowanceUntil;

    /** Nanoseconds between two starts; 0 until the server has refused calls twice. */
    private double interval;

    private long nextStart;
    private boolean refusedBefore;
    private long lastRefusal;
    private int acceptedSinceRefusal;

    public CallPace(long now, RandomGenerator random) {
        this.random = random;
        this.notBefore = now;
        this.nextStart = now;
        this.allowanceUntil = now;
        this.lastRefusal = now;
    }

    /** When the next call may start; {@code now} or earlier if at once. */
    public long earliest(long now) {
        var earliest = Math.max(notBefore, interval == 0 ? now : nextStart);
        return allowance == 0 ? Math.max(earliest, allowanceUntil) : earliest;
    }

    /** Whether the server has shown that it takes only so many calls in a time. */
    public boolean isLimited(long now) {
        return refusedBefore || earliest(now) > now;
    }

    public void started(long now) {
        if (allowance >= 0 && now >= allowanceUntil) {
            allowance = 1; // one call asks how many there are now
            allowanceUntil = now + SECOND;
        }
        if (allowance > 0) {
            allowance--;
        }
        nextStart = Math.max(now, nextStart) + (long) (interval * random.nextDouble(0.95, 1.05));
    }

    /**
     * The server answered a call.
     *
     * @param remaining calls that it will take until {@code reset}, where it says so
     * @param inFlight other calls that it may not have counted yet
     */
    public void answered(OptionalInt remaining, Duration reset, int inFlight, long now) {
        refusalsInARow = 0;
        acceptedSinceRefusal++;
        interval /= FASTER;
        remaining.ifPresent(calls -> {
            allowance = Math.max(0, calls - inFlight);
            allowanceUntil = now + reset.toNanos();
        });
    }

    /**
     * The server refused a call.
     *
     * @param first false if the call was under way when the server had refused others
     */
    public void refused(Optional<Duration> retryAfter, boolean first, long now) {
        var measured = first && refusedBefore && acceptedSinceRefusal > 0
                ? (now - lastRefusal) / (double) acceptedSinceRefusal
                : interval;
        if (first) {
            refusalsInARow++;
            refusedBefore = true;
            acceptedSinceRefusal = 0;
            lastRefusal = now;
        }
        var pause = retryAfter.map(Duration::toNanos).orElseGet(this::ownPause);
        interval = Math.min(
                measured, (double) Math.max(SECOND, 2 * pause)); // or refusals at random would slow it down ever more
        notBefore = Math.max(notBefore, now + (long) (pause * random.nextDouble(1, 1.05)));
    }

    /** No call starts for so much longer. */
    public void delay(long nanos, long now) {
        notBefore = Math.max(notBefore, now) + nanos;
    }

    private long ownPause() {
        var doublings = Math.min(Math.max(0, refusalsInARow - 1), MOST_DOUBLINGS);
        return Math.min(FIRST_PAUSE << doublings, LONGEST_PAUSE);
    }

    /** Forgets what the server took, for it was long ago. */
    public void reset() {
        interval = 0;
        allowance = -1;
        refusedBefore = false;
    }
}
