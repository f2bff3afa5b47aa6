package dev.drydock.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Lets out as many calls to one model server at a time, and as fast, as its answers show that it takes ({@link
 * ServerCapacity}). Waiting calls start in the order in which they came.
 */
final class AdaptiveLimit {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Object> queue = new ArrayDeque<>();
    private final Set<CallInFlight> inFlight = new HashSet<>();
    private final LongSupplier nanos;
    private final ServerCapacity capacity;

    /** Entries that were begun and whose call has not come yet. */
    private int expected;

    /**
     * What is known at the moment.
     *
     * @param limit calls that may be in flight
     * @param pause until the next call may start
     * @param limited whether the server has shown that it takes only so many calls in a time
     */
    record State(int limit, int inFlight, int waiting, Duration pause, boolean limited) {}

    /** Begins at {@code start} calls in flight and never exceeds {@code max}. */
    AdaptiveLimit(int start, int max, LongSupplier nanos, RandomGenerator random) {
        this.nanos = nanos;
        this.capacity = new ServerCapacity(start, max, nanos.getAsLong(), random);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What the end of a call shows. */
    @FunctionalInterface
    interface Lesson {

        void learn(ServerCapacity capacity, Set<CallInFlight> others, long now);
    }

    /** The call is no longer in flight. */
    void end(CallInFlight call, Lesson lesson) {
        change(() -> {
            inFlight.remove(call);
            lesson.learn(capacity, inFlight, nanos.getAsLong());
        });
    }

    long now() {
        return nanos.getAsLong();
    }

    /** Begins with one call, for another process has just begun with more. */
    void startSlowly() {
        change(() -> capacity.startSlowly(nanos.getAsLong()));
    }

    /** The server refused a call of another process that uses the same account. */
    void refusedElsewhere(Duration retryAfter) {
        change(() -> capacity.refusedElsewhere(retryAfter, nanos.getAsLong()));
    }

    /** Whether calls get no place, except for probes, one at a time. */
    boolean isClosed() {
        lock.lock();
        try {
            return capacity.isClosed(nanos.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a place; empty if there is none within {@code longest}, or if this is closed and the call no probe. */
    Optional<CallInFlight> acquire(Duration longest, boolean probe) throws InterruptedException {
        var turn = new Object();
        lock.lockInterruptibly();
        try {
            queue.add(turn);
            try {
                return await(() -> nanosUntil(turn), longest, probe) ? Optional.of(start()) : Optional.empty();
            } finally {
                queue.remove(turn);
                changed.signalAll();
            }
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
            if (!await(this::nanosUntilRoom, longest, true)) {
                return Optional.empty();
            }
            expected++;
            return Optional.of(new Expectation());
        } finally {
            lock.unlock();
        }
    }

    /** Whether the time until the event, asked anew after each change, came to 0 within {@code longest}. */
    private boolean await(LongSupplier nanosUntil, Duration longest, boolean probe) throws InterruptedException {
        var deadline = nanos.getAsLong() + longest.toNanos();
        while (probe || !isClosed()) {
            var wait = nanosUntil.getAsLong();
            if (wait <= 0) {
                return true;
            }
            var left = deadline - nanos.getAsLong();
            if (left <= 0) {
                return false;
            }
            changed.awaitNanos(Math.min(wait, left));
        }
        return false;
    }

    private long nanosUntil(Object turn) {
        return queue.peek() == turn && inFlight.size() < capacity.calls()
                ? capacity.pause(nanos.getAsLong())
                : Long.MAX_VALUE; // until another call starts or ends
    }

    private long nanosUntilRoom() {
        return inFlight.size() + queue.size() + expected < capacity.calls()
                ? capacity.pause(nanos.getAsLong())
                : Long.MAX_VALUE;
    }

    private CallInFlight start() {
        var now = nanos.getAsLong();
        capacity.started(inFlight.size(), now);
        var call = new CallInFlight(this, capacity.calls(), now);
        inFlight.add(call);
        return call;
    }

    /** Ends once, however often it is run. */
    private final class Expectation implements Runnable {

        private boolean ended;

        @Override
        public void run() {
            change(() -> {
                expected -= ended ? 0 : 1;
                ended = true;
            });
        }
    }

    State state() {
        lock.lock();
        try {
            var now = nanos.getAsLong();
            var pause = Duration.ofNanos(capacity.pause(now));
            return new State(capacity.calls(), inFlight.size(), queue.size(), pause, capacity.isLimited(now));
        } finally {
            lock.unlock();
        }
    }
}
