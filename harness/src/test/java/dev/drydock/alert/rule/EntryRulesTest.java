package dev.drydock.alert.rule;

import static dev.drydock.journal.Notification.Type.OPENED;
import static dev.drydock.journal.Notification.Type.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.agent.RateLimitedException;
import dev.drydock.agent.Receipt;
import dev.drydock.alert.SentAlerts;
import dev.drydock.config.Deadlines;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules about what became of an agent's entries: each tells once that something is wrong, and once that it is over. */
@QuarkusTest
class EntryRulesTest {

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    ReviewEntries review;

    @Inject
    SentAlerts sent;

    @Inject
    MovableClock clock;

    @Inject
    CircuitBreakerMaintenance circuits;

    private final NoteAgent agent = new NoteAgent("a");

    @Test
    void tell_of_a_label_that_is_given_far_more_often_than_in_the_week_before() {
        var shadow = agent.in(Mode.SHADOW);
        week(shadow, 60, 30);
        assertThat(sent.of("label-shift", shadow)).isEmpty(); // there is no week before

        week(shadow, 60, 40);
        assertThat(sent.of("label-shift", shadow)).isEmpty(); // 17 points
        week(shadow, 60, 58);
        assertThat(sent.of("label-shift", shadow)).containsExactly(OPENED);
        assertThat(sent.alerts("label-shift", shadow.name()).get(0).summary()).contains("97 %", "67 %");

        week(shadow, 60, 58);
        assertThat(sent.of("label-shift", shadow)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void tell_of_outputs_that_wait_too_long() {
        var live = agent.in(Mode.LIVE);
        agent.deliver = note -> {
            throw new IOException("the receiver is busy");
        };
        runner.run(live);
        clock.advance(Duration.ofMinutes(59));
        assertThat(sent.of("outbox-old", live)).isEmpty();

        clock.advance(Duration.ofMinutes(2));
        assertThat(sent.of("outbox-old", live)).containsExactly(OPENED);

        agent.deliver = note -> new Receipt("sent");
        circuits.resetAll();
        runner.run(live);
        assertThat(sent.of("outbox-old", live)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void tell_of_entries_that_nobody_has_looked_at() {
        var reviewed = agent.in(Mode.REVIEW);
        runner.run(reviewed);
        clock.advance(Duration.ofHours(23));
        assertThat(sent.of("review-old", reviewed)).isEmpty();

        clock.advance(Duration.ofHours(2));
        assertThat(sent.of("review-old", reviewed)).containsExactly(OPENED);

        review.reject(
                journal.entries(reviewed.name(), EntryState.HELD, 1).get(0).id());
        assertThat(sent.of("review-old", reviewed)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void tell_of_entries_that_kept_failing_for_a_day() {
        var shadow = agent.in(Mode.SHADOW);
        agent.notes = List.of(new Note("good"), new Note("bad"));
        agent.decide = note -> {
            if (note.id().equals("bad")) {
                throw new IllegalStateException("cannot be decided");
            }
            return new Verdict("fine");
        };
        for (int cycle = 0; cycle < 3; cycle++) {
            assertThat(sent.of("poisoned-entries", shadow)).isEmpty();
            runner.run(shadow);
        }
        assertThat(sent.of("poisoned-entries", shadow)).containsExactly(OPENED);

        clock.advance(Duration.ofHours(25));
        assertThat(sent.of("poisoned-entries", shadow)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void tell_that_nothing_was_out_by_the_deadline() {
        agent.notes = List.of();
        var live = live(-1);
        runner.run(live);
        assertThat(sent.of("output-overdue", live(-1))).isEmpty(); // it had passed before the first run
        clock.advance(Duration.ofHours(23));
        assertThat(sent.of("output-overdue", live(1))).isEmpty(); // it is yet to come

        clock.advance(Duration.ofMinutes(2));
        var overdue = live(-1);
        assertThat(sent.of("output-overdue", overdue)).containsExactly(OPENED);
        agent.notes = List.of(new Note("briefing"));
        runner.run(overdue);
        assertThat(sent.of("output-overdue", overdue)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void take_no_output_of_the_day_before_for_the_one_of_today() {
        untilTomorrowAt(5);
        agent.schedule = "0 6 * * *";
        agent.notes = List.of();
        agent.deliverBy = Optional.of(Deadlines.daily(LocalTime.of(7, 15)));
        runner.run(agent.in(Mode.LIVE));
        agent.notes = List.of(new Note("briefing"));
        agent.deliver = note -> {
            throw new IOException("the receiver is busy");
        };
        clock.advance(Duration.ofHours(1));
        runner.run(agent.in(Mode.LIVE)); // decided at six
        untilTomorrowAt(1);
        agent.deliver = note -> new Receipt("sent");
        circuits.resetAll();
        agent.notes = List.of();
        runner.run(agent.in(Mode.LIVE)); // delivered after midnight

        clock.advance(Duration.ofHours(7));

        assertThat(sent.of("output-overdue", agent.in(Mode.LIVE))).contains(OPENED);
        assertThat(sent.alerts("output-overdue", agent.spec().name()).stream()
                        .filter(alert -> alert.resolvedAt() == null)
                        .count())
                .isEqualTo(1);
    }

    @Test
    void take_the_output_of_a_run_of_the_evening_before_for_the_one_of_today() {
        untilTomorrowAt(23);
        agent.schedule = "30 22 * * *";
        agent.deliverBy = Optional.of(Deadlines.daily(LocalTime.of(7, 15)));
        runner.run(agent.in(Mode.LIVE)); // delivered before midnight

        clock.advance(Duration.ofHours(9));

        assertThat(sent.of("output-overdue", agent.in(Mode.LIVE))).isEmpty();
    }

    private void untilTomorrowAt(int hour) {
        var now = clock.instant().atZone(ZoneOffset.UTC);
        clock.advance(Duration.between(
                now, now.toLocalDate().plusDays(1).atTime(hour, 0).atZone(ZoneOffset.UTC)));
    }

    @Test
    void tell_of_outputs_that_a_limit_of_the_receiver_makes_late() {
        agent.notes = List.of();
        runner.run(live(1));
        agent.notes = List.of(new Note("a"), new Note("b"));
        agent.deliver = note -> {
            if (agent.delivered.size() > 1) {
                throw new RateLimitedException("answered 429", Duration.ofHours(1));
            }
            return new Receipt("sent");
        };
        var late = live(1);
        runner.run(late);
        assertThat(sent.of("output-overdue", late)).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        runner.run(late);
        assertThat(sent.of("output-overdue", late)).containsExactly(OPENED);
    }

    /** The agent in live mode with a deadline so many minutes from now. */
    private RegisteredAgent<?, ?> live(int minutes) {
        var at = clock.instant().atZone(ZoneOffset.UTC).plusMinutes(minutes).toLocalTime();
        agent.deliverBy = Optional.of(Deadlines.daily(at));
        return agent.in(Mode.LIVE);
    }

    /** A week with so many decisions, so many of which are "fine", in its middle. */
    private void week(RegisteredAgent<?, ?> shadow, int decisions, int fine) {
        clock.advance(Duration.ofDays(3));
        var week = clock.instant().toString();
        agent.notes = IntStream.range(0, decisions)
                .mapToObj(number -> new Note(week + " " + number, "1", String.valueOf(number)))
                .toList();
        agent.decide = note -> new Verdict(Integer.parseInt(note.text()) < fine ? "fine" : "bad");
        runner.run(shadow);
        clock.advance(Duration.ofDays(4));
    }
}
