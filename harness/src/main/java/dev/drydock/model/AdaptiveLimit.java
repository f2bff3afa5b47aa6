package dev.drydock.model;

import dev.drydock.concurrent.CallPace;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Lets out as many calls to one model server at a time as it takes ({@link CallWindow}), as fast as it takes them ({@link
 * CallPace}). Both are learned from its answers. Waiting calls start in the order in which they came.
 */
final class AdaptiveLimit {

    /** After so long without a call, what was learned about the server no longer holds. */
    private static final long STALE = TimeUnit.MINUTES.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Object> queue = new ArrayDeque<>();
    private final LongSupplier nanos;
    private final CallWindow window;
    private final CallPace pace;

    private int inFlight;

    /** Entries that were begun and whose call has not come yet. */
    private int expected;

    private long lastCall;

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
            end(now -> {
                window.answered(begin, now);
                pace.answered(remaining, reset, inFlight, now);
            });
        }

        /** The server refused the call for now: too many calls, or too many tokens. */
        void refused(Optional<Duration> retryAfter) {
            end(now -> {
                pace.refused(retryAfter, window.isOf(begin), now);
                window.cut(begin, now);
            });
        }

        /**
         * No answer came in time.
         *
         * @return whether other calls were in flight, so that the time may have been spent in the server's queue
         */
        boolean timedOut() {
            var crowded = new boolean[1];
            end(now -> {
                crowded[0] = inFlight > 0 || !window.isOf(begin);
                if (crowded[0]) {
                    window.cut(begin, now);
                }
            });
            return crowded[0];
        }

        /** It ended in a way that says nothing about the server's limits. */
        void released() {
            end(now -> {});
        }

        private void end(LongConsumer learn) {
            lock.lock();
            try {
                inFlight--;
                learn.accept(nanos.getAsLong());
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Begins at {@code start} calls in flight and never exceeds {@code max}. */
    AdaptiveLimit(int start, int max, LongSupplier nanos, RandomGenerator random) {
        this.nanos = nanos;
        this.lastCall = nanos.getAsLong();
        this.window = new CallWindow(start, max, lastCall);
        this.pace = new CallPace(lastCall, random);
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
                var pause = pace.earliest(now) - now;
                changed.awaitNanos(Math.min(deadline - now, pause > 0 ? pause : deadline - now));
            }
            expected++;
            return Optional.of(new Expectation());
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(long now) {
        return inFlight + queue.size() + expected < window.size() && pace.earliest(now) <= now;
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
            return queue.isEmpty() && inFlight < window.size() && pace.earliest(now) <= now
                    ? Optional.of(start())
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    State state() {
        lock.lock();
        try {
            var now = nanos.getAsLong();
            return new State(
                    window.size(),
                    inFlight,
                    queue.size(),
                    Duration.ofNanos(Math.max(0, pace.earliest(now) - now)),
                    pace.isLimited(now));
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds until this turn may start; 0 if now. */
    private long nanosUntil(Object turn) {
        if (queue.peek() != turn || inFlight >= window.size()) {
            return Long.MAX_VALUE; // until another call starts or ends
        }
        var now = nanos.getAsLong();
        return Math.max(0, pace.earliest(now) - now);
    }

    private Place start() {
        var now = nanos.getAsLong();
        if (now - lastCall > STALE) {
            window.reset(now);
            pace.reset();
        }
        lastCall = now;
        inFlight++;
        pace.started(now);
        return new Place();
    }
}
