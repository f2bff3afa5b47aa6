package dev.drydock.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.config.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CycleJobTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    @Test
    void returns_each_due_time_once_however_often_it_is_fired() {
        assertThat(dues("every 1m", "2026-03-01T12:00:30Z", Duration.ofMinutes(3), Duration.ofMillis(250)))
                .containsExactly(at("2026-03-01T12:01:00Z"), at("2026-03-01T12:02:00Z"), at("2026-03-01T12:03:00Z"));
    }

    @Test
    void runs_once_when_daylight_saving_repeats_its_local_time() {
        assertThat(dues("30 2 * * *", "2026-10-24T12:00:00Z", Duration.ofHours(24), Duration.ofSeconds(30)))
                .containsExactly(at("2026-10-25T00:30:00Z")); // 02:30, summer time
    }

    @Test
    void runs_an_hour_later_when_daylight_saving_skips_its_local_time() {
        assertThat(dues("30 2 * * *", "2026-03-28T12:00:00Z", Duration.ofHours(24), Duration.ofSeconds(30)))
                .containsExactly(at("2026-03-29T01:30:00Z")); // 03:30, summer time
    }

    @Test
    void runs_a_skipped_local_time_in_a_process_that_starts_after_the_clock_went_forward() {
        assertThat(dues("30 2 * * *", "2026-03-29T01:05:00Z", Duration.ofHours(12), Duration.ofSeconds(30)))
                .containsExactly(at("2026-03-29T01:30:00Z"));
    }

    @Test
    void does_not_repeat_a_local_time_in_a_process_that_starts_between_its_two_occurrences() {
        assertThat(dues("30 2 * * *", "2026-10-25T01:05:00Z", Duration.ofHours(12), Duration.ofSeconds(30)))
                .isEmpty();
        assertThat(dues("*/30 * * * *", "2026-10-25T01:05:00Z", Duration.ofHours(1), Duration.ofSeconds(30)))
                .containsExactly(at("2026-10-25T01:30:00Z"), at("2026-10-25T02:00:00Z"));
    }

    @Test
    void runs_every_hour_of_the_longest_day() {
        assertThat(dues("0 * * * *", "2026-10-24T22:00:00Z", Duration.ofHours(25), Duration.ofSeconds(30)))
                .hasSize(25)
                .doesNotHaveDuplicates();
    }

    @Test
    void runs_one_cycle_after_a_day_of_suspend() {
        var job = new CycleJob(Schedule.parse("every 1m"), BERLIN, at("2026-03-01T12:00:30Z"));

        assertThat(job.fired(at("2026-03-02T12:00:40Z"))).contains(at("2026-03-02T12:00:00Z"));
        assertThat(job.fired(at("2026-03-02T12:00:41Z"))).isEmpty();
    }

    @Test
    void continues_at_once_when_the_clock_is_set_back_an_hour() {
        var job = new CycleJob(Schedule.parse("every 1m"), BERLIN, at("2026-03-01T12:00:30Z"));

        assertThat(job.fired(at("2026-03-01T11:00:30Z"))).isEmpty();
        assertThat(job.fired(at("2026-03-01T11:01:00Z"))).contains(at("2026-03-01T11:01:00Z"));
    }

    @Test
    void has_no_due_time_for_an_agent_that_runs_on_request() {
        var job = new CycleJob(Schedule.parse("off"), BERLIN, at("2026-03-01T12:00:30Z"));

        assertThat(job.next()).isEmpty();
        assertThat(job.fired(at("2027-03-01T12:00:30Z"))).isEmpty();
    }

    @Test
    void is_started_by_the_guard_when_the_scheduler_does_not_fire_it() {
        var job = new CycleJob(Schedule.parse("every 1m"), BERLIN, at("2026-03-01T12:00:30Z"));

        assertThat(job.overdue(at("2026-03-01T12:01:04Z"), TOLERANCE)).isEmpty();
        assertThat(job.overdue(at("2026-03-01T12:01:05Z"), TOLERANCE)).contains(at("2026-03-01T12:01:00Z"));
        assertThat(job.fired(at("2026-03-01T12:01:06Z"))).isEmpty();
    }

    @Test
    void is_dead_when_the_scheduler_does_not_fire_it_twice_in_a_row() {
        var job = new CycleJob(Schedule.parse("every 1m"), BERLIN, at("2026-03-01T12:00:30Z"));

        assertThat(job.overdue(at("2026-03-01T12:01:05Z"), TOLERANCE)).isPresent();
        assertThat(job.isDead()).isFalse(); // as at a local time that daylight saving skips
        assertThat(job.overdue(at("2026-03-01T12:02:05Z"), TOLERANCE)).isPresent();
        assertThat(job.isDead()).isTrue();
        assertThat(job.fired(at("2026-03-01T12:03:00Z"))).isPresent();
        assertThat(job.isDead()).isFalse();
    }

    @Test
    void is_dead_from_an_error_until_a_cycle_starts_again() {
        var job = new CycleJob(Schedule.parse("every 1m"), BERLIN, at("2026-03-01T12:00:30Z"));

        job.ended(true);
        assertThat(job.isDead()).isTrue();
        job.ended(false);
        assertThat(job.isDead()).isFalse();
    }

    private static List<Instant> dues(String schedule, String from, Duration length, Duration step) {
        var dues = new ArrayList<Instant>();
        var job = new CycleJob(Schedule.parse(schedule), BERLIN, at(from));
        for (var now = at(from); !now.isAfter(at(from).plus(length)); now = now.plus(step)) {
            job.fired(now).ifPresent(dues::add);
        }
        return dues;
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
