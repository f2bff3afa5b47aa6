package dev.drydock.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.OtherProcess;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import dev.drydock.run.RunEvent.RunCrashed;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReplicasTest {

    private static final Instant DUE = Instant.parse("2026-03-01T06:15:00Z");

    @Inject
    AgentRunner runner;

    @Inject
    ResumeCrashedRuns takeOver;

    @Inject
    CrashedRuns crashed;

    @Inject
    OtherProcess other;

    @Inject
    JournalQueries journal;

    @Inject
    MovableClock clock;

    @Inject
    Happenings happenings;

    private final RegisteredAgent<?, ?> agent = new NoteAgent("a").in(Mode.SHADOW);

    @Test
    void leave_a_due_cycle_to_the_one_that_runs_it() {
        assertThat(other.open(agent.name(), DUE)).isPresent();

        assertThat(runner.runDue(agent, DUE)).isEmpty();
        assertThat(journal.runs(agent.name(), 10)).hasSize(1);
    }

    @Test
    void run_a_due_cycle_once_though_their_clocks_differ() {
        assertThat(runner.runDue(agent, DUE)).isPresent();

        assertThat(runner.runDue(agent, DUE)).isEmpty();
        assertThat(other.open(agent.name(), DUE)).isEmpty();
    }

    @Test
    void write_down_once_that_a_cycle_was_skipped_because_the_one_before_still_runs() {
        assertThat(other.open(agent.name(), DUE)).isPresent();
        var next = DUE.plusSeconds(60);

        var skipped = runner.runDue(agent, next).orElseThrow();
        var again = runner.runDue(agent, next);

        assertThat(skipped.skipReason()).isEqualTo(SkipReason.ALREADY_RUNNING);
        assertThat(again).isEmpty();
    }

    @Test
    void run_at_an_interval_again_when_the_clock_was_set_back() {
        var notes = new NoteAgent("a");
        notes.schedule = "every 1m";
        var often = notes.in(Mode.SHADOW);
        runner.runDue(often, DUE);
        other.daysPassInTheDatabase(often.name());

        assertThat(runner.runDue(often, DUE).orElseThrow().outcome()).isEqualTo(RunOutcome.COMPLETED);
    }

    @Test
    void do_not_run_a_night_again_when_the_clock_was_set_back() {
        runner.runDue(agent, DUE);
        other.daysPassInTheDatabase(agent.name());

        assertThat(runner.runDue(agent, DUE)).isEmpty();
    }

    @Test
    void take_over_from_one_that_fell_silent() {
        var dead = other.open(agent.name(), DUE).orElseThrow();

        var early = crashed.closeAsCrashed(agent.name());
        other.fallsSilent(agent.name());
        var next = runner.run(agent);

        assertThat(early).isFalse();
        assertThat(outcome(dead)).isEqualTo(RunOutcome.CRASHED);
        assertThat(next.outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(happenings.of(agent.name(), RunCrashed.class)).hasSize(1);
    }

    @Test
    void tell_a_revived_owner_that_it_was_replaced() {
        var dead = other.open(agent.name(), DUE).orElseThrow();
        other.fallsSilent(agent.name());
        runner.run(agent);

        other.wakes();

        assertThat(other.holds(dead)).isFalse();
    }

    @Test
    void let_an_owner_that_slept_unnoticed_go_on() {
        var slept = other.open(agent.name(), DUE).orElseThrow();
        other.fallsSilent(agent.name());

        other.wakes();

        assertThat(other.holds(slept)).isTrue();
        assertThat(crashed.closeAsCrashed(agent.name())).isFalse();
    }

    @Test
    void slow_down_an_agent_that_crashes_again_and_again() {
        for (int crash = 0; crash < 3; crash++) {
            assertThat(other.open(agent.name(), DUE.plusSeconds(crash))).isPresent();
            other.fallsSilent(agent.name());
            assertThat(crashed.closeAsCrashed(agent.name())).isTrue();
            other.wakes();
        }
        var heldBack = runner.runDue(agent, DUE.plusSeconds(60)).orElseThrow();
        clock.advance(Duration.ofMinutes(6));
        var later = runner.runDue(agent, DUE.plusSeconds(120)).orElseThrow();

        assertThat(heldBack.skipReason()).isEqualTo(SkipReason.CRASH_LOOPING);
        assertThat(later.outcome()).isEqualTo(RunOutcome.COMPLETED);
    }

    @Test
    void honour_the_lock_of_a_process_of_the_release_before_until_it_expires() {
        var old = other.open(agent.name(), DUE).orElseThrow();
        other.becomesAnOlderRelease(agent.name(), Duration.ofMinutes(1));

        assertThat(crashed.closeAsCrashed(agent.name())).isFalse();
        other.becomesAnOlderRelease(agent.name(), Duration.ofMinutes(-1));

        assertThat(crashed.closeAsCrashed(agent.name())).isTrue();
        assertThat(outcome(old)).isEqualTo(RunOutcome.CRASHED);
    }

    private RunOutcome outcome(UUID run) {
        return journal.run(run).orElseThrow().outcome();
    }
}
