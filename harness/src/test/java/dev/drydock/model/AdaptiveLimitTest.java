package dev.drydock.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers with limits of each kind, on a clock that jumps from event to event. */
class AdaptiveLimitTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Simulation simulation = new Simulation();
    private final AdaptiveLimit limit = new AdaptiveLimit(8, 64, () -> simulation.now, new Random(7));

    @Test
    void lets_64_calls_into_flight_within_three_rounds_where_the_server_has_no_limit() {
        simulation.run(8 + 16 + 32 + 64, limit, new Unlimited());

        assertThat(simulation.mostInFlight).isEqualTo(64);
        assertThat(simulation.now).isEqualTo(4 * 200 * MILLI);
    }

    static Stream<RatePerSecond> rates() {
        return Stream.of(RatePerSecond.Hint.values()).map(RatePerSecond::new);
    }

    @ParameterizedTest
    @MethodSource("rates")
    void keeps_to_a_rate_with_few_refusals(RatePerSecond server) {
        simulation.run(60, limit, server);

        assertThat(simulation.refusals).isLessThanOrEqualTo(server.hint.refusalsAllowed);
        assertThat(simulation.now).isLessThan(26_000 * MILLI);
    }

    /** Answers after 200 ms. */
    private static class Unlimited implements Server {

        @Override
        public Answer answer(long now, int inFlight) {
            return new Answer(200 * MILLI, false, Optional.empty(), OptionalInt.empty(), Duration.ZERO);
        }
    }

    record Answer(long nanos, boolean refused, Optional<Duration> retryAfter, OptionalInt remaining, Duration reset) {}

    interface Server {

        /** Answers a call while it works on {@code inFlight} calls, this one included. */
        Answer answer(long now, int inFlight);
    }

    /** Takes 20 calls at once, then two a second, and says so in one way or another. */
    private static class RatePerSecond implements Server {

        enum Hint {
            RETRY_AFTER(15),
            NONE(20),
            ON_EACH_ANSWER(6);

            final int refusalsAllowed;

            Hint(int refusalsAllowed) {
                this.refusalsAllowed = refusalsAllowed;
            }
        }

        private final Hint hint;
        private double tokens = 20;
        private long last;

        RatePerSecond(Hint hint) {
            this.hint = hint;
        }

        @Override
        public Answer answer(long now, int inFlight) {
            tokens = Math.min(20, tokens + (now - last) / (500.0 * MILLI));
            last = now;
            var told = hint == Hint.ON_EACH_ANSWER;
            if (tokens < 1) {
                return new Answer(
                        5 * MILLI,
                        true,
                        hint == Hint.NONE ? Optional.empty() : Optional.of(Duration.ofSeconds(1)),
                        OptionalInt.empty(),
                        Duration.ZERO);
            }
            tokens--;
            return new Answer(
                    50 * MILLI,
                    false,
                    Optional.empty(),
                    told ? OptionalInt.of((int) tokens) : OptionalInt.empty(),
                    Duration.ofMillis(tokens < 1 ? (long) ((1 - tokens) * 500) : 0));
        }

        @Override
        public String toString() {
            return hint.name();
        }
    }

    @Test
    void finds_how_many_calls_a_server_takes_at_a_time() {
        simulation.run(
                100,
                limit,
                (now, inFlight) -> new Answer(
                        inFlight > 4 ? 5 * MILLI : 200 * MILLI,
                        inFlight > 4,
                        Optional.empty(),
                        OptionalInt.empty(),
                        Duration.ZERO));

        assertThat(simulation.refusals).isLessThanOrEqualTo(20);
        assertThat(simulation.now).isLessThan(30_000 * MILLI);
    }

    @Test
    void does_not_pile_calls_onto_a_server_that_answers_one_at_a_time() {
        var free = new long[1];
        simulation.run(40, limit, (now, inFlight) -> {
            free[0] = Math.max(now, free[0]) + 1500 * MILLI;
            return new Answer(free[0] - now, false, Optional.empty(), OptionalInt.empty(), Duration.ZERO);
        });

        assertThat(simulation.mostInFlight).isLessThanOrEqualTo(16);
        assertThat(simulation.now).isEqualTo(60_000 * MILLI);
    }

    /** Makes calls as fast as the limit lets them out, and again what was refused. */
    private static class Simulation {

        record Event(long at, Runnable what) {}

        final PriorityQueue<Event> events = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
        long now;
        int inFlight;
        int mostInFlight;
        int refusals;
        int open;

        void run(int calls, AdaptiveLimit limit, Server server) {
            open = calls;
            while (open > 0 || !events.isEmpty()) {
                while (open > 0 && call(limit, server)) {
                    open--;
                }
                var next = events.poll();
                if (next == null) {
                    now += Math.max(MILLI, limit.state().pause().toNanos());
                } else if (open > 0
                        && limit.state().pause().toNanos() > 0
                        && now + limit.state().pause().toNanos() < next.at) {
                    events.add(next);
                    now += limit.state().pause().toNanos();
                } else {
                    now = next.at;
                    next.what.run();
                }
            }
        }

        private boolean call(AdaptiveLimit limit, Server server) {
            var place = limit.tryAcquire();
            place.ifPresent(held -> call(held, server));
            return place.isPresent();
        }

        private void call(AdaptiveLimit.Place place, Server server) {
            inFlight++;
            mostInFlight = Math.max(mostInFlight, inFlight);
            var answer = server.answer(now, inFlight);
            events.add(new Event(now + answer.nanos, () -> {
                inFlight--;
                if (answer.refused) {
                    refusals++;
                    open++;
                    place.refused(answer.retryAfter);
                } else {
                    place.answered(answer.remaining, answer.reset);
                }
            }));
        }
    }
}
