package dev.drydock.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is to be set at a check that waits for an agent. */
@QuarkusTest
class HeartbeatExpectationTest {

    @Inject
    HeartbeatExpectation expectations;

    @Inject
    AgentRunner runner;

    @Inject
    MovableClock clock;

    private final NoteAgent agent = new NoteAgent("a");

    @Test
    void go_by_the_interval_but_not_below_what_heartbeats_are_thinned_to() {
        agent.schedule = "every 15m";
        assertThat(expectations.of(agent.in(Mode.SHADOW)).every()).isEqualTo(Duration.ofMinutes(15));

        agent.schedule = "every 5s";
        assertThat(expectations.of(agent.in(Mode.SHADOW)).every()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void leave_the_times_of_a_cron_expression_to_it() {
        assertThat(expectations.of(agent.in(Mode.SHADOW)).every()).isNull();
    }

    @Test
    void allow_for_the_longest_cycle_that_the_watchdog_lets_run() {
        var unknown = expectations.of(agent.in(Mode.SHADOW)).grace();
        agent.fetch = window -> {
            clock.advance(Duration.ofMinutes(6));
            return agent.notes;
        };
        runner.run(agent.in(Mode.SHADOW));

        assertThat(unknown).as("floor and grace of the watchdog, rounded up").isEqualTo(Duration.ofMinutes(11));
        assertThat(expectations.of(agent.in(Mode.SHADOW)).grace())
                .as("ten times the usual")
                .isBetween(Duration.ofMinutes(61), Duration.ofMinutes(63));
    }
}
