package dev.drydock.alert.rule;

import static dev.drydock.journal.Notification.Type.OPENED;
import static dev.drydock.journal.Notification.Type.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.agent.Window;
import dev.drydock.alert.SentAlerts;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.OpenRuns;
import dev.drydock.journal.OtherProcess;
import dev.drydock.journal.Run.Counts;
import dev.drydock.journal.RunJournal;
import dev.drydock.journal.RunResult;
import dev.drydock.journal.SkipReason;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules about an agent's runs: each tells once that something is wrong, and once that it is over. */
@QuarkusTest
class RunRulesTest {

    @Inject
    AgentRunner runner;

    @Inject
    OpenRuns open;

    @Inject
    RunJournal runs;

    @Inject
    OtherProcess other;

    @Inject
    SentAlerts sent;

    @Inject
    MovableClock clock;

    @Inject
    CircuitBreakerMaintenance circuits;

    private final NoteAgent agent = new NoteAgent("a");
    private final RegisteredAgent<?, ?> shadow = agent.in(Mode.SHADOW);

    @Test
    void tell_of_three_cycles_in_a_row_that_were_skipped() {
        agent.fetch = window -> {
            throw new IOException("connection refused");
        };
        cycles(2);
        assertThat(sent.of("skipped-cycles", shadow)).isEmpty();

        cycles(1);
        assertThat(sent.of("skipped-cycles", shadow)).containsExactly(OPENED);
        cycles(1);
        assertThat(sent.of("skipped-cycles", shadow)).containsExactly(OPENED);

        circuits.resetAll();
        agent.fetch = window -> agent.notes;
        cycles(1);
        assertThat(sent.of("skipped-cycles", shadow)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void tell_of_runs_that_failed_until_one_does_not() {
        cycles(1);
        agent.fetch = window -> {
            throw new StackOverflowError("a fault of the agent's own");
        };
        assertThat(sent.of("error-rate", shadow)).isEmpty();

        cycles(1);
        assertThat(sent.of("error-rate", shadow)).containsExactly(OPENED);
        clock.advance(Duration.ofHours(2));
        assertThat(sent.of("error-rate", shadow)).containsExactly(OPENED);

        agent.fetch = window -> agent.notes;
        cycles(1);
        assertThat(sent.of("error-rate", shadow)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void tell_of_inputs_that_are_gone_where_there_always_were_some() {
        cycles(10);
        agent.notes = List.of();
        cycles(2);
        assertThat(sent.of("inputs-gone", shadow)).isEmpty();

        cycles(1);
        assertThat(sent.of("inputs-gone", shadow)).containsExactly(OPENED);
        cycles(10);
        assertThat(sent.of("inputs-gone", shadow)).containsExactly(OPENED);

        agent.notes = List.of(new NoteAgent.Note("b"));
        cycles(1);
        assertThat(sent.of("inputs-gone", shadow)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void say_nothing_of_inputs_before_they_know_what_is_usual() {
        cycles(5);
        agent.notes = List.of();
        cycles(3);

        assertThat(sent.of("inputs-gone", shadow)).isEmpty();
    }

    @Test
    void tell_of_batches_that_are_empty_where_there_always_was_something_in_them() {
        for (int day = 0; day < 12; day++) {
            batch(day, "news ".repeat(100 + 10 * day));
        }
        batch(12, "");
        batch(13, "");
        assertThat(sent.of("inputs-gone", shadow)).isEmpty();

        batch(14, "");
        assertThat(sent.of("inputs-gone", shadow)).containsExactly(OPENED);

        batch(15, "news ".repeat(50));
        assertThat(sent.of("inputs-gone", shadow)).containsExactly(OPENED, RESOLVED);
    }

    private void batch(int day, String text) {
        agent.notes = List.of(new NoteAgent.Note("day " + day, "1", text));
        cycles(1);
    }

    @Test
    void tell_of_an_agent_that_has_never_fetched_anything() {
        agent.notes = List.of();
        cycles(1);
        clock.advance(Duration.ofHours(23));
        assertThat(sent.of("never-fetched", shadow)).isEmpty();

        clock.advance(Duration.ofHours(2));
        assertThat(sent.of("never-fetched", shadow)).containsExactly(OPENED);

        agent.notes = List.of(new NoteAgent.Note("a"));
        cycles(1);
        assertThat(sent.of("never-fetched", shadow)).containsExactly(OPENED, RESOLVED);
        agent.notes = List.of();
        clock.advance(Duration.ofDays(40));
        assertThat(sent.of("never-fetched", shadow)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void tell_of_entries_that_fail_though_their_runs_complete() {
        agent.notes = IntStream.range(0, 40)
                .mapToObj(id -> new NoteAgent.Note(String.valueOf(id)))
                .toList();
        agent.decide = failing(4);
        cycles(1);
        assertThat(sent.of("decision-errors", shadow)).isEmpty(); // 4 of 40

        agent.notes = agent.notes.stream()
                .map(note -> new NoteAgent.Note(note.id(), "2", note.text()))
                .toList();
        agent.decide = failing(6);
        cycles(1);
        assertThat(sent.of("decision-errors", shadow)).containsExactly(OPENED);
        assertThat(sent.alerts("decision-errors", shadow.name()).get(0).summary())
                .contains("10 of 80 entries"); // the four are decided again, and fail again
        clock.advance(Duration.ofHours(2));
        assertThat(sent.of("decision-errors", shadow)).containsExactly(OPENED);

        agent.decide = failing(0);
        cycles(1);
        assertThat(sent.of("decision-errors", shadow)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void tell_of_the_only_entry_of_a_run_if_it_fails() {
        agent.decide = failing(1);
        agent.notes = List.of(new NoteAgent.Note("0"));

        cycles(1);

        assertThat(sent.of("decision-errors", shadow)).containsExactly(OPENED);
    }

    private static NoteAgent.Verb<NoteAgent.Note, NoteAgent.Verdict> failing(int first) {
        return note -> {
            if (Integer.parseInt(note.id()) < first) {
                throw new IllegalStateException("cannot be decided");
            }
            return new NoteAgent.Verdict("fine");
        };
    }

    @Test
    void tell_of_an_agent_that_crashes_again_and_again() {
        for (int crash = 0; crash < 3; crash++) {
            assertThat(sent.of("crash-loop", shadow)).isEmpty();
            assertThat(other.open(shadow.name(), null)).isPresent();
            other.fallsSilent(shadow.name());
            cycles(1);
            other.wakes();
        }
        assertThat(sent.of("crash-loop", shadow)).containsExactly(OPENED);

        clock.advance(Duration.ofMinutes(11));
        cycles(1);
        assertThat(sent.of("crash-loop", shadow)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void tell_with_the_arithmetic_of_three_runs_that_left_most_entries_to_a_rate_limit() {
        agent.schedule = "every 10m";
        var limited = agent.in(Mode.SHADOW);
        rateLimited(limited, 2);
        assertThat(sent.of("rate-limited", limited)).isEmpty();

        rateLimited(limited, 1);
        assertThat(sent.of("rate-limited", limited)).containsExactly(OPENED);
        assertThat(sent.alerts("rate-limited", limited.name()).get(0).details())
                .contains("1,000 entries at 60 a minute need 17 minutes; the schedule gives 10 minutes.");

        runner.run(limited);
        assertThat(sent.of("rate-limited", limited)).containsExactly(OPENED, RESOLVED);
    }

    private void rateLimited(RegisteredAgent<?, ?> limited, int number) {
        for (int run = 0; run < number; run++) {
            var id = open.open(limited.name(), Mode.SHADOW, null).orElseThrow();
            var now = clock.instant();
            clock.advance(Duration.ofSeconds(450));
            var counts = new Counts(1_000, 1_000, 0, 450, 0, 550);
            var window = new Window(now, now, false);
            runs.close(id, RunResult.completed(window, counts, SkipReason.RATE_LIMITED, "rate limited"));
        }
    }

    @Test
    void tell_that_the_mode_was_changed_until_a_run_has_shown_it() {
        cycles(1);
        assertThat(sent.of("mode-changed", shadow)).isEmpty();

        var live = agent.in(Mode.LIVE);
        assertThat(sent.of("mode-changed", live)).containsExactly(OPENED);

        runner.run(live);
        assertThat(sent.of("mode-changed", live)).containsExactly(OPENED, RESOLVED);
    }

    private void cycles(int number) {
        for (int cycle = 0; cycle < number; cycle++) {
            runner.run(shadow);
        }
    }
}
