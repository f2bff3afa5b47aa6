package dev.drydock.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How many calls one model server takes at a time and how fast, learned from its answers.
 *
 * <p>Congestion control as in TCP (https://www.rfc-editor.org/rfc/rfc5681): calls in flight begin at a few and double with each
 * round of answers (slow start), until the server refuses a call, a call times out beside others, or answers get slower in
 * proportion to their number. After a refusal one call tries; calls double again up to half of what was refused, then grow by
 * one a round. A server that counts calls per minute is also paced: calls start at the rate that it accepted between its last
 * two refusals. No call starts before the time that the server named. Waiting calls start in the order in which they came.
 */
final class AdaptiveLimit {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The pause after a refusal that names no time; doubles with each further refusal in a row. */
    private static final long FIRST_PAUSE = SECOND / 2;

    private static final long LONGEST_PAUSE = 30 * SECOND;

    /** After so long without a call, what was learned about the rate no longer holds. */
    private static final long STALE = 60 * SECOND;

    /** Answers faster than this never count as slow, however much slower they have become. */
    private static final long FAST_ANSWER = SECOND / 10;

    private static final double GAIN_OF_A_LARGER_LIMIT = 1.2;
    private static final double SLOWER = 1.5;
    private static final double MUCH_SLOWER = 2;
    private static final double FASTER_PACE = 1.02;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Object> queue = new ArrayDeque<>();
    private final int max;
    private final LongSupplier nanos;
    private final RandomGenerator random;

    private int limit;

    /** Entries that were started for a call that has not come yet. */
    private int expected;

    /** Below it the limit doubles, from it on it grows by one. */
    private int threshold;

    private int inFlight;
    private long notBefore;
    private int refusalsInARow;

    /** Calls that started before the last cut say nothing about the limit since. */
    private long lastCut;

    private Round round;
    private @Nullable Round roundBefore;
    private double usualNanos;

    /** Calls that the server will still take until {@link #allowanceUntil}, by its own headers; negative if unknown. */
    private int allowance = -1;

    private long allowanceUntil;

    /** Nanoseconds between two starts; 0 until the server has refused a call for its rate twice. */
    private double interval;

    private long nextStart;
    private boolean refusedBefore;
    private long lastRefusal;
    private int acceptedSinceRefusal;
    private long lastCall;

    /** The answers since the limit last changed. */
    private static final class Round {

        final int limit;
        final long begin;
        int answers;
        double sumNanos;

        Round(int limit, long begin) {
            this.limit = limit;
            this.begin = begin;
        }

        double meanNanos() {
            return sumNanos / answers;
        }

        double answersPerNano(long now) {
            return answers / (double) Math.max(1, now - begin);
        }
    }

    /**
     * What is known at the moment.
     *
     * @param limit calls that may be in flight
     * @param pause until the next call may start
     * @param limited whether the server has shown that it takes only so many calls in a time
     */
    record State(int limit, int inFlight, int waiting, Duration pause, boolean limited) {}

    /** A place among the calls in flight. Ended once, by one of its methods. */
    final class Place {

        private final long begin = nanos.getAsLong();

        /**
         * The server answered.
         *
         * @param remaining calls that it will take until {@code reset}, where it says so
         */
        void answered(OptionalInt remaining, Duration reset) {
            end(() -> learnFromAnswer(begin, remaining, reset));
        }

        /** The server refused the call for now: too many calls, or too many tokens. */
        void refused(Optional<Duration> retryAfter) {
            end(() -> learnFromRefusal(begin, retryAfter));
        }

        /**
         * No answer came in time.
         *
         * @return whether other calls were in flight, so that the time may have been spent in the server's queue
         */
        boolean timedOut() {
            var crowded = new boolean[1];
            end(() -> {
                crowded[0] = inFlight > 0 || begin < lastCut;
                if (crowded[0]) {
                    cut(begin);
                }
            });
            return crowded[0];
        }

        /** It ended in a way that says nothing about the server's limits. */
        void released() {
            end(() -> {});
        }

        private void end(Runnable learn) {
            lock.lock();
            try {
                inFlight--;
                learn.run();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Begins at {@code start} calls in flight and never exceeds {@code max}. */
    AdaptiveLimit(int start, int max, LongSupplier nanos, RandomGenerator random) {
        this.limit = Math.min(start, max);
        this.threshold = max;
        this.max = max;
        this.nanos = nanos;
        this.random = random;
        var now = nanos.getAsLong();
        this.round = new Round(limit, now);
        this.notBefore = now;
        this.nextStart = now;
        this.lastCut = now;
        this.lastRefusal = now;
        this.lastCall = now;
        this.allowanceUntil = now;
    }

    /** Waits for a place; empty if there is none within {@code longest}. */
    Optional<Place> acquire(Duration longest) throws InterruptedException {
        var turn = new Object();
        lock.lockInterruptibly();
        try {
            var deadline = nanos.getAsLong() + longest.toNanos();
            queue.add(turn);
            try {
                for (var wait = nanosUntil(turn); wait > 0; wait = nanosUntil(turn)) {
                    var left = deadline - nanos.getAsLong();
                    if (left <= 0) {
                        return Optional.empty();
                    }
                    changed.awaitNanos(Math.min(wait, left));
                }
            } finally {
                queue.remove(turn);
                changed.signalAll();
            }
            return Optional.of(start());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Expects a call, once there is room for it. Whoever starts work that will call the model waits here, so that not all of it
     * waits for a place at the same time.
     *
     * @return how to say that the call has come or will not come, once or more often; empty if there is no room within {@code
     *     longest}
     */
    Optional<Runnable> expect(Duration longest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var deadline = nanos.getAsLong() + longest.toNanos();
            for (var now = nanos.getAsLong(); !hasRoom(now); now = nanos.getAsLong()) {
                if (now >= deadline) {
                    return Optional.empty();
                }
                var pause = earliest(now) - now;
                changed.awaitNanos(Math.min(deadline - now, pause > 0 ? pause : deadline - now));
            }
            expected++;
            return Optional.of(new Expectation());
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(long now) {
        return inFlight + queue.size() + expected < limit && earliest(now) <= now;
    }

    /** Ends once, however often it is run. */
    private final class Expectation implements Runnable {

        private boolean ended;

        @Override
        public void run() {
            lock.lock();
            try {
                expected -= ended ? 0 : 1;
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** A place, if there is one now and no call waits for it. */
    Optional<Place> tryAcquire() {
        lock.lock();
        try {
            var now = nanos.getAsLong();
            return queue.isEmpty() && inFlight < limit && earliest(now) <= now
                    ? Optional.of(start())
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** No call starts for this long; the server of this model said so, to this process or to another. */
    void pause(Duration pause) {
        lock.lock();
        try {
            notBefore = Math.max(notBefore, nanos.getAsLong() + pause.toNanos());
        } finally {
            lock.unlock();
        }
    }

    State state() {
        lock.lock();
        try {
            var now = nanos.getAsLong();
            return new State(
                    limit,
                    inFlight,
                    queue.size(),
                    Duration.ofNanos(Math.max(0, earliest(now) - now)),
                    refusedBefore || earliest(now) > now);
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds until this turn may start; 0 if now. */
    private long nanosUntil(Object turn) {
        if (queue.peek() != turn || inFlight >= limit) {
            return Long.MAX_VALUE; // until another call starts or ends
        }
        var now = nanos.getAsLong();
        return Math.max(0, earliest(now) - now);
    }

    private long earliest(long now) {
        var earliest = Math.max(notBefore, interval == 0 ? now : nextStart);
        return allowance == 0 ? Math.max(earliest, allowanceUntil) : earliest;
    }

    private Place start() {
        var now = nanos.getAsLong();
        if (now - lastCall > STALE) {
            beginAnew(now);
        }
        lastCall = now;
        inFlight++;
        if (allowance >= 0 && now >= allowanceUntil) {
            allowance = 1; // one call asks how many there are now
            allowanceUntil = now + SECOND;
        }
        if (allowance > 0) {
            allowance--;
        }
        nextStart = Math.max(now, nextStart) + (long) (interval * random.nextDouble(0.95, 1.05));
        return new Place();
    }

    private void beginAnew(long now) {
        limit = Math.max(1, limit / 2);
        threshold = max;
        interval = 0;
        allowance = -1;
        refusedBefore = false;
        roundBefore = null;
        round = new Round(limit, now);
    }

    private void learnFromAnswer(long begin, OptionalInt remaining, Duration reset) {
        var now = nanos.getAsLong();
        refusalsInARow = 0;
        acceptedSinceRefusal++;
        interval /= FASTER_PACE;
        remaining.ifPresent(calls -> {
            allowance = Math.max(0, calls - inFlight);
            allowanceUntil = now + reset.toNanos();
        });
        round.answers++;
        round.sumNanos += now - begin;
        if (round.answers >= limit) {
            grow(now);
        }
    }

    private void grow(long now) {
        var mean = round.meanNanos();
        usualNanos = usualNanos == 0 ? mean : Math.min(usualNanos * 1.05, mean);
        var next = limit < threshold ? afterSlowStart(now, mean) : afterRound(mean);
        roundBefore = round;
        limit = Math.max(1, Math.min(max, next));
        round = new Round(limit, now);
    }

    /** Doubles the limit, as long as the server answers more calls in the same time. */
    private int afterSlowStart(long now, double mean) {
        var before = roundBefore;
        if (before != null
                && mean > FAST_ANSWER
                && mean > SLOWER * before.meanNanos()
                && round.answersPerNano(now) < GAIN_OF_A_LARGER_LIMIT * before.answersPerNano(round.begin)) {
            threshold = before.limit;
            return before.limit;
        }
        return Math.min(limit * 2, threshold);
    }

    private int afterRound(double mean) {
        if (mean > FAST_ANSWER && mean > MUCH_SLOWER * usualNanos) {
            return limit - 1;
        }
        return mean > FAST_ANSWER && mean > SLOWER * usualNanos ? limit : limit + 1;
    }

    private void learnFromRefusal(long begin, Optional<Duration> retryAfter) {
        var now = nanos.getAsLong();
        if (begin >= lastCut) { // or it was under way when the server had enough already
            if (refusedBefore && acceptedSinceRefusal > 0) {
                interval = (now - lastRefusal) / (double) acceptedSinceRefusal;
            }
            refusalsInARow++;
            refusedBefore = true;
            acceptedSinceRefusal = 0;
            lastRefusal = now;
        }
        var pause = retryAfter.map(Duration::toNanos).orElseGet(this::pauseOfOurOwn);
        notBefore = Math.max(notBefore, now + (long) (pause * random.nextDouble(1, 1.05)));
        cut(begin);
    }

    private long pauseOfOurOwn() {
        return Math.min(FIRST_PAUSE << Math.min(refusalsInARow - 1, 10), LONGEST_PAUSE);
    }

    private void cut(long begin) {
        var now = nanos.getAsLong();
        if (begin >= lastCut) {
            threshold = Math.max(1, limit / 2);
            limit = 1;
            lastCut = now;
        }
        roundBefore = null;
        round = new Round(limit, now);
    }
}
