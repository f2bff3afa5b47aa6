package dev.drydock.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.config.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimetableTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void names_each_time_once_however_often_one_looks() {
        assertThat(dues("every 1m", "2026-03-01T12:00:30Z", Duration.ofMinutes(3), Duration.ofMillis(250)))
                .containsExactly(at("2026-03-01T12:01:00Z"), at("2026-03-01T12:02:00Z"), at("2026-03-01T12:03:00Z"));
    }

    @Test
    void runs_once_in_the_night_that_has_its_hour_twice() {
        assertThat(dues("30 2 * * *", "2026-10-24T12:00:00Z", Duration.ofHours(24), Duration.ofSeconds(30)))
                .hasSize(1);
    }

    @Test
    void runs_once_in_the_night_that_lacks_its_hour() {
        assertThat(dues("30 2 * * *", "2026-03-28T12:00:00Z", Duration.ofHours(24), Duration.ofSeconds(30)))
                .hasSize(1);
    }

    @Test
    void runs_every_hour_of_the_longest_day() {
        assertThat(dues("0 * * * *", "2026-10-24T22:00:00Z", Duration.ofHours(25), Duration.ofSeconds(30)))
                .hasSize(25)
                .doesNotHaveDuplicates();
    }

    @Test
    void makes_one_cycle_of_a_day_asleep() {
        var times = new Timetable(Schedule.parse("every 1m"), BERLIN, at("2026-03-01T12:00:30Z"));

        assertThat(times.look(at("2026-03-02T12:00:40Z"))).contains(at("2026-03-02T12:00:00Z"));
        assertThat(times.look(at("2026-03-02T12:00:41Z"))).isEmpty();
    }

    @Test
    void goes_on_at_once_when_the_clock_is_set_back_an_hour() {
        var times = new Timetable(Schedule.parse("every 1m"), BERLIN, at("2026-03-01T12:00:30Z"));

        assertThat(times.look(at("2026-03-01T11:00:30Z"))).isEmpty();
        assertThat(times.look(at("2026-03-01T11:01:00Z"))).contains(at("2026-03-01T11:01:00Z"));
    }

    @Test
    void has_no_time_for_an_agent_that_runs_on_request() {
        var times = new Timetable(Schedule.parse("off"), BERLIN, at("2026-03-01T12:00:30Z"));

        assertThat(times.next()).isEmpty();
        assertThat(times.look(at("2027-03-01T12:00:30Z"))).isEmpty();
    }

    private static List<Instant> dues(String schedule, String from, Duration length, Duration step) {
        var dues = new ArrayList<Instant>();
        var times = new Timetable(Schedule.parse(schedule), BERLIN, at(from));
        for (var now = at(from); !now.isAfter(at(from).plus(length)); now = now.plus(step)) {
            times.look(now).ifPresent(dues::add);
        }
        return dues;
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
