package dev.drydock.alert.rule;

import static dev.drydock.journal.Notification.Type.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.TestSettings;
import dev.drydock.agent.Mode;
import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.SentAlerts;
import dev.drydock.config.Agents;
import dev.drydock.journal.AlertJournal;
import dev.drydock.judge.MakeScorecard;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WeeklyScorecardTest {

    @Inject
    MakeScorecard scorecard;

    @Inject
    AlertJournal journal;

    @Inject
    AlertLifecycle alerts;

    @Inject
    SentAlerts sent;

    @Inject
    AgentRunner runner;

    @Inject
    MovableClock clock;

    private final NoteAgent agent = new NoteAgent("a", "b");
    private WeeklyScorecard rule;

    @BeforeEach
    void readTheScorecardOfOneAgent() {
        var settings = TestSettings.of(Map.of("drydock.schedule", "0 6 * * *"));
        var agents = new Agents(Stream.of(agent), settings);
        rule = new WeeklyScorecard(scorecard, agents, journal, settings, clock) {
            @Override
            public String name() { // or the application, when its clock reaches a Monday, would send this alert, too
                return "scorecard-" + agent.spec().name();
            }
        };
    }

    @Test
    void the_scorecard_is_sent_once_on_each_monday() {
        moveToMonday(7);
        runner.run(agent.in(Mode.SHADOW));
        clock.advance(Duration.ofHours(2));
        assertThat(rule.evaluate()).as("before a week is complete").isEmpty();
        moveToMonday(7);
        assertThat(rule.evaluate()).as("before eight").isEmpty();

        clock.advance(Duration.ofHours(1));
        assertThat(rule.evaluate()).hasValueSatisfying(message -> {
            assertThat(message.summary())
                    .startsWith("Week of %s. %s: only 17 %% of the due runs completed."
                            .formatted(
                                    now().toLocalDate().minusWeeks(1),
                                    agent.spec().name()));
            assertThat(message.done()).contains("2 inputs, 2 decided, 0 delivered, uptime 17 %");
        });
        tell();
        tell(); // as another process does, and this one a minute later
        assertThat(sent.types(rule.name(), "")).containsExactly(OPENED);

        clock.advance(Duration.ofDays(1));
        tell();
        moveToMonday(9);
        tell();
        assertThat(sent.types(rule.name(), "")).containsExactly(OPENED, OPENED);
    }

    /** What a look at all rules does with this one. */
    private void tell() {
        rule.evaluate().ifPresentOrElse(finding -> alerts.raise(rule, "", null, finding), () -> alerts.clear(rule, ""));
    }

    private void moveToMonday(int hour) {
        var monday = now().with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                .withHour(hour)
                .withMinute(0);
        clock.advance(Duration.between(now(), monday));
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
