package dev.drydock.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A place among the calls that a model server works on. Ended once, by one of its methods. */
final class CallInFlight {

    /** The longest that a call waits for its answer behind others, if its own timeout is not longer. */
    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(80);

    private final AdaptiveLimit limit;
    private final int among;
    private final long begin;

    /** Calls that the server may answer before this one. */
    private int ahead;

    /** When it answered the last of them. */
    private volatile long turn;

    /** Made when the call starts, as one of so many that may be in flight. */
    CallInFlight(AdaptiveLimit limit, int among, long begin) {
        this.limit = limit;
        this.among = among;
        this.begin = begin;
        this.ahead = among - 1;
        this.turn = begin;
    }

    long begin() {
        return begin;
    }

    /**
     * How much longer the call waits for its answer. Its time begins anew with each answer to a call that may have been ahead
     * of it in the server's queue.
     */
    Duration left(Duration timeout) {
        var end = Math.min(turn + timeout.toNanos(), begin + longest(timeout).toNanos());
        return Duration.ofNanos(end - limit.now());
    }

    /** How long a call waits for its answer at most. */
    static Duration longest(Duration timeout) {
        return timeout.compareTo(LONGEST_QUEUE) > 0 ? timeout : LONGEST_QUEUE;
    }

    private void otherAnswered(long now) {
        if (ahead > 0) {
            ahead--;
            turn = now;
        }
    }

    /**
     * The server answered.
     *
     * @param remaining calls that it will take until {@code reset}, where it says so
     */
    void answered(OptionalInt remaining, Duration reset) {
        limit.end(this, (capacity, others, now) -> {
            others.forEach(other -> other.otherAnswered(now));
            capacity.answered(begin, remaining, reset, others, now);
        });
    }

    /** The server refused the call for now: too many calls, or too many tokens. */
    void refused(Optional<Duration> retryAfter) {
        limit.end(this, (capacity, others, now) -> capacity.refused(begin, retryAfter, now));
    }

    /**
     * No answer came in time.
     *
     * @return whether other calls were in flight, so that the time may have been spent in the server's queue
     */
    boolean timedOut() {
        var crowded = new boolean[1];
        limit.end(this, (capacity, others, now) -> crowded[0] = capacity.timedOut(begin, among, others.size(), now));
        return crowded[0];
    }

    /** The server refused the call as it will refuse all others, for the account is empty. */
    void refusedForGood() {
        limit.end(this, (capacity, others, now) -> capacity.close(now));
    }

    /** It ended in a way that says nothing about the server's limits. */
    void released() {
        limit.end(this, (capacity, others, now) -> {});
    }
}
