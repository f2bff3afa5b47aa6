package dev.drydock.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Which pings are sent, and which are left out. */
class PingRateLimitTest {

    private static final String AGENT = "triage";

    private Instant now = Instant.parse("2026-11-23T01:00:00Z"); // stands still but for what a test adds
    private final PingRateLimit pace = new PingRateLimit(() -> now);
    private final List<Instant> sent = new ArrayList<>();

    @Test
    void tells_each_run_in_full_where_cycles_are_longer_than_half_a_minute() {
        for (int run = 0; run < 20; run++) {
            var id = UUID.randomUUID();
            assertThat(pace.allowsStart(AGENT, id)).isTrue();
            pass(Duration.ofSeconds(20));
            assertThat(pace.allowsEnd(AGENT, id, true)).isTrue();
            pass(Duration.ofSeconds(10));
        }
    }

    @Test
    void tells_a_run_each_half_a_minute_where_cycles_are_short() {
        runEachSecond(600, second -> true);

        assertThat(sent).hasSize(2 * 600 / 30);
        assertNeverMoreThanFiveInAMinute();
    }

    @Test
    void tells_at_once_that_an_agent_has_begun_to_fail() {
        runEachSecond(10, second -> true);

        assertThat(pace.allowsEnd(AGENT, UUID.randomUUID(), false)).isTrue();
        assertThat(pace.allowsEnd(AGENT, UUID.randomUUID(), false)).isFalse();
        assertThat(pace.allowsEnd(AGENT, UUID.randomUUID(), true)).isTrue();
    }

    @Test
    void keeps_to_five_in_a_minute_also_where_an_agent_fails_each_other_time() {
        runEachSecond(600, second -> second % 2 == 0);

        assertNeverMoreThanFiveInAMinute();
        assertThat(sent.size()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void tells_later_what_there_was_no_room_for() {
        runEachSecond(10, second -> second % 2 == 0);
        pass(Duration.ofSeconds(1));

        runEachSecond(60, second -> false);

        assertThat(pace.allowsEnd(AGENT, UUID.randomUUID(), true))
                .as("as it was told of the failure")
                .isTrue();
    }

    @Test
    void leaves_out_starts_while_a_check_does_not_answer() {
        pace.accepted(false);
        assertThat(pace.allowsStart(AGENT, UUID.randomUUID())).isFalse();

        pace.accepted(true);
        assertThat(pace.allowsStart(AGENT, UUID.randomUUID())).isTrue();
    }

    @Test
    void goes_on_when_the_clock_is_set_back() {
        runEachSecond(5, second -> true);

        pass(Duration.ofHours(-1));

        assertThat(pace.allowsStart(AGENT, UUID.randomUUID())).isTrue();
    }

    @Test
    void counts_the_agents_that_share_a_check_together() {
        for (int agent = 0; agent < 10; agent++) {
            var id = UUID.randomUUID();
            note(pace.allowsStart("agent " + agent, id));
            note(pace.allowsEnd("agent " + agent, id, true));
        }

        assertThat(sent).hasSize(5);
    }

    private void runEachSecond(int seconds, IntPredicate well) {
        for (int second = 0; second < seconds; second++) {
            var id = UUID.randomUUID();
            var startTold = note(pace.allowsStart(AGENT, id));
            pass(Duration.ofMillis(500));
            var endTold = note(pace.allowsEnd(AGENT, id, well.test(second)));
            assertThat(endTold || !startTold).as("an end to each start").isTrue();
            pass(Duration.ofMillis(500));
        }
    }

    private boolean note(boolean told) {
        if (told) {
            sent.add(now);
        }
        return told;
    }

    private void assertNeverMoreThanFiveInAMinute() {
        for (int at = 5; at < sent.size(); at++) {
            assertThat(Duration.between(sent.get(at - 5), sent.get(at))).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
