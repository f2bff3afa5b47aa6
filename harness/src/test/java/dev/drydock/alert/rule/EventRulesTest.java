package dev.drydock.alert.rule;

import static dev.drydock.journal.Notification.Type.OPENED;
import static dev.drydock.journal.Notification.Type.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.alert.EvaluateAlerts;
import dev.drydock.alert.SentAlerts;
import dev.drydock.judge.FeedbackEvent;
import dev.drydock.judge.FeedbackEvent.DangerousMistake;
import dev.drydock.judge.eval.EvalEvent;
import dev.drydock.judge.eval.EvalEvent.AccuracyRegressed;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rules about what happens and has no end of its own: it is over when it has not happened again for a while. */
@QuarkusTest
class EventRulesTest {

    @Inject
    Event<EvalEvent> evals;

    @Inject
    Event<FeedbackEvent> judgements;

    @Inject
    EvaluateAlerts rounds;

    @Inject
    SentAlerts sent;

    @Inject
    MovableClock clock;

    private final String agent = "judged" + UUID.randomUUID();

    @Test
    void tell_of_an_accuracy_that_declines_week_after_week() {
        evals.fire(new AccuracyRegressed(agent, "accuracy", 0.95, 0.85));
        assertThat(sent.types("accuracy-declined", agent)).containsExactly(OPENED);
        assertThat(sent.alerts("accuracy-declined", agent).get(0).summary()).contains("85 %", "95 %");

        clock.advance(Duration.ofMinutes(90)); // within what escalates
        evals.fire(new AccuracyRegressed(agent, "accuracy", 0.85, 0.80));
        clock.advance(Duration.ofDays(7));
        rounds.evaluate();
        assertThat(sent.types("accuracy-declined", agent)).containsExactly(OPENED);

        clock.advance(Duration.ofDays(2));
        rounds.evaluate();
        assertThat(sent.types("accuracy-declined", agent)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void tell_of_a_dangerous_mistake_for_a_day() {
        judgements.fire(new DangerousMistake(agent, UUID.randomUUID(), "OUTAGE", "SPAM", List.of("category"), true));
        clock.advance(Duration.ofHours(1));
        judgements.fire(new DangerousMistake(agent, UUID.randomUUID(), "OUTAGE", "OTHER", List.of("category"), false));
        rounds.evaluate();
        assertThat(sent.types("dangerous-failure", agent)).containsExactly(OPENED);

        clock.advance(Duration.ofHours(25));
        rounds.evaluate();
        assertThat(sent.types("dangerous-failure", agent)).containsExactly(OPENED, RESOLVED);
    }
}
