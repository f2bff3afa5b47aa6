package dev.drydock.model;

import dev.drydock.concurrent.CallPace;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What its answers show of a server: how many calls it takes at a time ({@link CallWindow}), and how many in a time ({@link
 * CallPace}). Not thread-safe.
 */
final class ServerCapacity {

    /** After so long without a call, what was learned no longer holds. */
    private static final long STALE = TimeUnit.MINUTES.toNanos(1);

    /** For so long a server that takes no calls at all is sent none. */
    private static final long CLOSED = TimeUnit.MINUTES.toNanos(1);

    private final CallWindow window;
    private final CallPace pace;
    private long lastCall;
    private boolean closed;
    private long closedAt;

    ServerCapacity(int start, int max, long now, RandomGenerator random) {
        this.window = new CallWindow(start, max, now);
        this.pace = new CallPace(now, random);
        this.lastCall = now;
        this.closedAt = now;
    }

    /** Calls that may be in flight. */
    int calls() {
        return window.size();
    }

    /** Nanoseconds until the next call may start; 0 if at once. */
    long pause(long now) {
        return Math.max(0, pace.earliest(now) - now);
    }

    /** Whether the server has shown that it takes only so many calls in a time. */
    boolean isLimited(long now) {
        return pace.isLimited(now);
    }

    /** The server takes no calls at all, until it answers one that began later. */
    void close(long now) {
        startSlowly(now);
        closed = true;
        closedAt = now;
    }

    boolean isClosed(long now) {
        return closed && now - closedAt < CLOSED;
    }

    /** Begins with one call at a time. */
    void startSlowly(long now) {
        window.startSlowly(now);
    }

    /** A call starts while so many others are in flight. */
    void started(int inFlight, long now) {
        if (now - lastCall > STALE) {
            window.reset(now);
            pace.reset();
        }
        lastCall = now;
        window.started(inFlight, now);
        pace.started(now);
    }

    /** The server answered a call that began then, and said what it still takes until {@code reset}, or nothing of that. */
    void answered(long begin, OptionalInt remaining, Duration reset, Set<CallInFlight> others, long now) {
        closed &= begin < closedAt;
        var oldest = others.stream().mapToLong(CallInFlight::begin).min().orElse(now);
        window.answered(begin, others.size(), oldest, now);
        pace.answered(remaining, reset, others.size(), now);
    }

    /** The server refused a call that began then. */
    void refused(long begin, Optional<Duration> retryAfter, long now) {
        pace.refused(retryAfter, window.isOf(begin), now);
        window.cut(begin, now);
    }

    /** The server refused a call of another process. */
    void refusedElsewhere(Duration retryAfter, long now) {
        pace.refused(Optional.of(retryAfter), true, now);
        if (window.size() > 1) {
            window.cut(now, now);
        }
    }

    /**
     * A call that began then was given up, among so many calls in flight. The server may still work on it, so the next call
     * starts when it could have answered it.
     *
     * @return false if the call was alone, so that nothing is learned
     */
    boolean timedOut(long begin, int among, int inFlight, long now) {
        var crowded = inFlight > 0 || !window.isOf(begin);
        if (crowded) {
            window.cut(begin, now);
            pace.delay((now - begin) / Math.max(1, among), now);
        }
        return crowded;
    }
}
