package dev.drydock.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockGuardTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ClockGuard guard = new ClockGuard(NOON, 0);

    @Test
    void sees_no_jump_while_clock_and_elapsed_time_agree() {
        assertThat(guard.check(NOON.plusSeconds(60), seconds(60))).isZero();
        assertThat(guard.check(NOON.plusSeconds(121), seconds(120))).isZero(); // slewed
    }

    @Test
    void sees_once_that_the_clock_was_set_back_an_hour() {
        var back = NOON.minus(Duration.ofHours(1));

        assertThat(guard.check(back.plusSeconds(1), seconds(1))).isEqualTo(Duration.ofHours(-1));
        assertThat(guard.check(back.plusSeconds(2), seconds(2))).isZero();
    }

    @Test
    void sees_a_suspend_of_the_machine() {
        assertThat(guard.check(NOON.plus(Duration.ofHours(8)), seconds(1)))
                .isEqualTo(Duration.ofHours(8).minusSeconds(1));
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
