package dev.drydock.model;

import static dev.drydock.model.Simulation.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.model.Simulation.Answer;
import dev.drydock.model.Simulation.Server;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers with limits of each kind. */
class AdaptiveLimitTest {

    private static final long NEVER = Duration.ofDays(1).toNanos();

    private final Simulation simulation = new Simulation(1);

    /** Takes 20 calls at once, then two a second, and says so in one way or another. */
    private enum RatePerSecond {
        RETRY_AFTER(15),
        NONE(22),
        ON_EACH_ANSWER(6);

        final int refusalsAllowed;

        RatePerSecond(int refusalsAllowed) {
            this.refusalsAllowed = refusalsAllowed;
        }

        Server server() {
            var tokens = new double[] {20};
            var last = new long[1];
            return (now, inFlight) -> {
                tokens[0] = Math.min(20, tokens[0] + (now - last[0]) / (500.0 * MILLI));
                last[0] = now;
                if (tokens[0] < 1) {
                    return refusal(this == NONE ? Optional.empty() : Optional.of(Duration.ofSeconds(1)));
                }
                tokens[0]--;
                return new Answer(
                        50 * MILLI,
                        false,
                        Optional.empty(),
                        this == ON_EACH_ANSWER ? OptionalInt.of((int) tokens[0]) : OptionalInt.empty(),
                        Duration.ofMillis(tokens[0] < 1 ? (long) ((1 - tokens[0]) * 500) : 0));
            };
        }
    }

    private static Answer refusal(Optional<Duration> retryAfter) {
        return new Answer(5 * MILLI, true, retryAfter, OptionalInt.empty(), Duration.ZERO);
    }

    /** Works on one call after the other, also on those that were given up. */
    private static Server oneAtATime(long nanos) {
        var free = new long[1];
        return (now, inFlight) -> {
            free[0] = Math.max(now, free[0]) + nanos;
            return Answer.after(free[0] - now);
        };
    }

    @Test
    void lets_64_calls_into_flight_within_three_rounds_where_the_server_has_no_limit() throws InterruptedException {
        simulation.run(8 + 16 + 32 + 64, (now, inFlight) -> Answer.after(200 * MILLI));

        assertThat(simulation.mostInFlight).isEqualTo(64);
        assertThat(simulation.now).isEqualTo(4 * 200 * MILLI);
    }

    @ParameterizedTest
    @EnumSource
    void keeps_to_a_rate_with_few_refusals(RatePerSecond limit) throws InterruptedException {
        simulation.run(60, limit.server());

        assertThat(simulation.refusals).isLessThanOrEqualTo(limit.refusalsAllowed);
        assertThat(simulation.now).isLessThan(26_000 * MILLI);
    }

    @Test
    void keeps_to_the_rate_of_an_account_that_two_processes_use() throws InterruptedException {
        var both = new Simulation(2);

        both.run(200, RatePerSecond.RETRY_AFTER.server());

        assertThat(both.refusals).isLessThanOrEqualTo(25);
        assertThat(both.now).isLessThan(100_000 * MILLI);
    }

    @Test
    void does_not_take_refusals_at_random_for_a_low_rate() throws InterruptedException {
        simulation.run(
                100,
                (now, inFlight) ->
                        simulation.starts.size() % 5 == 0 ? refusal(Optional.empty()) : Answer.after(50 * MILLI));

        assertThat(simulation.now).isLessThan(100_000 * MILLI);
    }

    @Test
    void finds_how_many_calls_a_server_takes_at_a_time() throws InterruptedException {
        simulation.run(100, (now, inFlight) -> inFlight > 4 ? refusal(Optional.empty()) : Answer.after(200 * MILLI));

        assertThat(simulation.refusals).isLessThanOrEqualTo(20);
        assertThat(simulation.now).isLessThan(30_000 * MILLI);
    }

    @Test
    void loses_no_call_and_no_time_at_a_server_that_answers_one_at_a_time() throws InterruptedException {
        simulation.run(40, oneAtATime(1_500 * MILLI));

        assertThat(simulation.timeouts).isZero();
        assertThat(simulation.now).isEqualTo(40 * 1_500 * MILLI);
        assertThat(simulation.latest)
                .allSatisfy(inFlight -> assertThat(inFlight).isLessThanOrEqualTo(3));
    }

    @Test
    void gives_a_call_up_that_is_stuck_while_others_are_answered() throws InterruptedException {
        simulation.run(200, (now, inFlight) -> Answer.after(simulation.starts.size() == 1 ? NEVER : 200 * MILLI));

        assertThat(simulation.timeouts).isEqualTo(1);
        assertThat(simulation.now).isLessThan(7_000 * MILLI);
    }

    @Test
    void calls_again_when_the_server_may_be_done_with_the_calls_that_were_given_up() throws InterruptedException {
        var silent = 8;
        simulation.run(
                silent, (now, inFlight) -> Answer.after(simulation.starts.size() <= silent ? NEVER : 200 * MILLI));

        assertThat(simulation.timeouts).isEqualTo(silent);
        assertThat(simulation.starts.stream().skip(silent).findFirst())
                .hasValueSatisfying(start -> assertThat(start).isGreaterThan(9_000 * MILLI));
    }

    @Test
    void lets_no_call_begin_once_the_account_is_empty_until_a_probe_is_answered() throws Exception {
        var limit = new AdaptiveLimit(2, 64, System::nanoTime, new Random(1));
        var refused = place(limit, false).orElseThrow();
        var answered = place(limit, false).orElseThrow();
        var queued = CompletableFuture.supplyAsync(() -> place(limit, false));
        await().until(() -> limit.state().waiting() == 1);

        refused.refusedForGood();
        answered.answered(OptionalInt.empty(), Duration.ZERO); // it began before
        assertThat(queued.get()).isEmpty();
        assertThat(place(limit, false)).isEmpty();

        place(limit, true).orElseThrow().answered(OptionalInt.empty(), Duration.ZERO);
        assertThat(place(limit, false)).isPresent();
    }

    private static Optional<CallInFlight> place(AdaptiveLimit limit, boolean probe) {
        try {
            return limit.acquire(Duration.ofHours(1), probe);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
