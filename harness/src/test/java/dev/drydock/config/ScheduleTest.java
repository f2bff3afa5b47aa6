package dev.drydock.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    @Test
    void reads_intervals_as_people_write_them() {
        assertThat(Schedule.parse("every 5m")).isEqualTo(new Schedule.Every(Duration.ofMinutes(5)));
        assertThat(Schedule.parse("Every 1h30m")).isEqualTo(new Schedule.Every(Duration.ofMinutes(90)));
        assertThat(Schedule.parse("every 2d")).isEqualTo(new Schedule.Every(Duration.ofDays(2)));
    }

    @Test
    void fires_a_cron_schedule_at_the_wall_clock_of_its_zone() {
        var next = Schedule.parse("15 6 * * 1-5")
                .nextAfter(Instant.parse("2026-11-20T12:00:00Z"), ZoneId.of("Europe/Berlin"));

        assertThat(next).hasValue(Instant.parse("2026-11-23T05:15:00Z"));
    }

    @Test
    void never_fires_when_off() {
        assertThat(Schedule.parse("off").nextAfter(Instant.EPOCH, ZoneId.of("UTC")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5m", "every", "every now", "every 0s", "every -5m", "61 * * * *", "* * * *", "0 0 6 * * ?"})
    void says_what_a_schedule_looks_like_when_it_is_none(String text) {
        assertThatThrownBy(() -> Schedule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a schedule: write \"every 5m\"");
    }
}
