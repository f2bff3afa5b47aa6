package dev.drydock.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Processes that call one server as fast as their limits let them, and again what was refused or timed out, on a clock that
 * jumps from event to event. They learn of each other's refusals within a second.
 */
final class Simulation {

    static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int LATEST = 10;

    record Answer(long nanos, boolean refused, Optional<Duration> retryAfter, OptionalInt remaining, Duration reset) {

        static Answer after(long nanos) {
            return new Answer(nanos, false, Optional.empty(), OptionalInt.empty(), Duration.ZERO);
        }
    }

    interface Server {

        /** Answers a call while it works on {@code inFlight} calls, this one included. */
        Answer answer(long now, int inFlight);
    }

    private record Event(long at, Runnable what) {}

    private final class Caller {

        final AdaptiveLimit limit;
        long read;
        long known;

        Caller(int number) {
            limit = new AdaptiveLimit(8, 64, () -> now, new Random(number));
            if (number > 1) {
                limit.startSlowly();
            }
        }

        void readRefusals() {
            if (now >= read + 1_000 * MILLI) {
                read = now;
                if (comeBack > Math.max(now, known)) {
                    known = comeBack;
                    limit.refusedElsewhere(Duration.ofNanos(comeBack - now));
                }
            }
        }
    }

    private final List<Caller> processes;
    private final PriorityQueue<Event> events = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));

    /** What the processes tell each other. */
    private long comeBack;

    /** Calls in flight at each of the last answers. */
    final Deque<Integer> latest = new ArrayDeque<>();

    /** When each call started. */
    final Deque<Long> starts = new ArrayDeque<>();

    long now;
    int inFlight;
    int mostInFlight;
    int refusals;
    int timeouts;
    private int open;

    Simulation(int processes) {
        this.processes =
                IntStream.rangeClosed(1, processes).mapToObj(Caller::new).toList();
    }

    void run(int calls, Server server) throws InterruptedException {
        open = calls;
        while (open > 0 || !events.isEmpty()) {
            while (callAll(server)) {
                // as long as one of them may
            }
            var next = events.isEmpty() ? Long.MAX_VALUE : events.peek().at;
            now = open > 0 ? Math.min(next, endOfPauses()) : next;
            while (!events.isEmpty() && events.peek().at <= now) {
                events.remove().what.run();
            }
        }
    }

    private long endOfPauses() {
        return processes.stream()
                .map(caller -> caller.limit.state().pause())
                .filter(pause -> !pause.isZero())
                .mapToLong(pause -> now + pause.toNanos())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private boolean callAll(Server server) throws InterruptedException {
        var some = false;
        for (var caller : processes) {
            caller.readRefusals();
            var place = open > 0 ? caller.limit.acquire(Duration.ZERO, false) : Optional.<CallInFlight>empty();
            place.ifPresent(call -> call(caller, call, server));
            some |= place.isPresent();
        }
        return some;
    }

    private void call(Caller caller, CallInFlight call, Server server) {
        open--;
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
        starts.add(now);
        var answer = server.answer(now, inFlight);
        await(caller, call, answer, now + answer.nanos);
    }

    /** As long as the call has time left. */
    private void await(Caller caller, CallInFlight call, Answer answer, long answerAt) {
        var timeout = now + call.left(TIMEOUT).toNanos();
        events.add(new Event(Math.min(answerAt, timeout), () -> {
            if (answerAt <= timeout) {
                inFlight--;
                end(caller, call, answer);
            } else if (call.left(TIMEOUT).toNanos() > 0) {
                await(caller, call, answer, answerAt);
            } else {
                inFlight--;
                open++;
                timeouts++;
                call.timedOut();
            }
        }));
    }

    private void end(Caller caller, CallInFlight call, Answer answer) {
        if (answer.refused) {
            refusals++;
            open++;
            call.refused(answer.retryAfter);
            caller.known = now + caller.limit.state().pause().toNanos();
            comeBack = Math.max(comeBack, caller.known);
        } else {
            call.answered(answer.remaining, answer.reset);
            latest.add(inFlight + 1);
            if (latest.size() > LATEST) {
                latest.remove();
            }
        }
    }
}
