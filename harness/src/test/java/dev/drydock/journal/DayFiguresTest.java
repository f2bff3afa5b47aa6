package dev.drydock.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Days that are over by the database's clock, and the one that goes on. */
@QuarkusTest
class DayFiguresTest {

    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    DayFigures figures;

    @Inject
    CallRecords calls;

    @Inject
    MovableClock clock;

    private final String agent = "agent-" + UUID.randomUUID();
    private final Instant now = Instant.now();

    @Test
    void keeps_what_a_day_had_when_it_was_over() {
        call(now.minus(DAY.multipliedBy(5)));
        assertThat(counted(now.minus(DAY.multipliedBy(5)))).isEqualTo(1);

        call(now.minus(DAY.multipliedBy(5)));

        assertThat(counted(now.minus(DAY.multipliedBy(5))))
                .as("counted once, and kept")
                .isEqualTo(1);
    }

    @Test
    void counts_the_day_that_goes_on_each_time() {
        call(now);
        assertThat(counted(now)).isEqualTo(1);

        call(now);

        assertThat(counted(now)).isEqualTo(2);
    }

    @Test
    void keeps_no_day_that_is_over_only_by_a_clock_that_is_ahead() {
        clock.advance(DAY.multipliedBy(10));
        call(now);
        assertThat(counted(now)).isEqualTo(1);

        call(now);

        assertThat(counted(now)).isEqualTo(2);
    }

    /** 40 calls of 1,040 tokens and one of 5,990 have the median 1,000, of which twice as much is 2,000. */
    @Test
    void counts_tokens_and_latencies_by_their_first_two_digits() {
        for (int call = 0; call < 40; call++) {
            calls.answered(agent, null, now, "question " + call, 1_040, 1, "0.01");
        }
        calls.answered(agent, null, now, "question", 5_990, 1, "0.01");

        var day = on(now);

        assertThat(day.inputs())
                .hasSize(1)
                .first()
                .extracting(CallDay.Inputs::tokens)
                .isEqualTo(Map.of(1_000L, 40L, 6_000L, 1L));
        assertThat(day.latencies()).isEqualTo(Map.of(1L, 41L));
        assertThat(Spend.of(Map.of(agent, List.of(day))).longInputs())
                .containsExactly(new Spend.LongInputs(agent, "gpt-4.1", 1, 4_000));
    }

    private void call(Instant at) {
        calls.answered(agent, null, at, "question", 1_000, 10, "0.01");
    }

    private long counted(Instant at) {
        return on(at).all();
    }

    private CallDay on(Instant at) {
        var day = figures.day(at);
        return Optional.ofNullable(figures.calls(List.of(agent), day).get(agent))
                .map(days -> days.get(day))
                .orElseThrow();
    }
}
