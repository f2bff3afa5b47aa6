package dev.drydock.judge;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.hasItem;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.agent.Mode;
import dev.drydock.config.Deadlines;
import dev.drydock.database.Database;
import dev.drydock.journal.CallRecords;
import dev.drydock.journal.Entry;
import dev.drydock.journal.Feedback;
import dev.drydock.journal.FeedbackJournal;
import dev.drydock.journal.JournalQueries;
import dev.drydock.judge.Scorecard.AgentWeeks;
import dev.drydock.judge.Scorecard.Week;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Six weeks of an agent that is due each morning, made through the loop with a moved clock. */
@QuarkusTest
class ScorecardTest {

    @Inject
    MakeScorecard scorecard;

    @Inject
    AgentRunner runner;

    @Inject
    FeedbackJournal feedback;

    @Inject
    JournalQueries journal;

    @Inject
    CallRecords calls;

    @Inject
    MovableClock clock;

    private final NoteAgent agent = new NoteAgent();

    @Test
    void shows_what_each_week_brought_and_says_what_matters() {
        agent.deliverBy = Optional.of(Deadlines.daily(LocalTime.NOON));
        moveToMondayMorning();
        week(0);
        week(0);
        week(2);
        week(0);
        judge(10, 0);
        week(0);
        judge(6, 4);
        week(0);

        var card = card(7);
        var weeks = card.weeks();

        assertThat(weeks).hasSize(7);
        assertThat(weeks).extracting(Week::inputs).containsExactly(14L, 14L, 10L, 14L, 14L, 14L, 0L);
        assertThat(weeks).extracting(Week::complete).containsExactly(true, true, true, true, true, true, false);
        assertThat(weeks.get(1).uptime()).isEqualTo(1.0);
        assertThat(weeks.get(2).uptime()).isEqualTo(5 / 7.0, within(1e-9));
        assertThat(weeks.get(2).onTime()).isEqualTo(5 / 7.0, within(1e-9));
        assertThat(weeks).extracting(Week::agreement).containsExactly(null, null, null, null, 1.0, 0.6, null);
        assertThat(weeks).extracting(Week::judged).containsExactly(0L, 0L, 0L, 0L, 10L, 10L, 0L);
        assertThat(weeks.get(5).delivered()).isZero();
        assertThat(card.sentence())
                .isEqualTo(agent.spec().name() + ": agreement fell from 100 % to 60 % of 10 judged outputs.");
    }

    @Test
    void names_a_prompt_that_replaced_another_and_the_latency_of_its_week() {
        moveToMondayMorning();
        week(0);
        var name = agent.spec().name();
        calls.answered(name, null, clock.instant().minus(Duration.ofDays(6)), "q", 10, 1, "0.1");
        calls.answeredBy(name, "v2", clock.instant().minus(Duration.ofDays(2)), 700);

        var last = card(2).weeks().get(0);

        assertThat(last.changes()).containsExactly("prompt Judge.judge v2");
        assertThat(last.p95Millis()).isEqualTo(700);
        assertThat(card(2).sentence())
                .contains("nobody judged its 14 decisions", "Changed in that week: prompt Judge.judge v2.");
    }

    @Test
    void has_no_weeks_of_an_agent_that_never_ran() {
        assertThat(card(6).weeks()).isEmpty();
        assertThat(card(6).sentence()).contains("has no complete week yet");
    }

    @Test
    void answers_the_api_as_the_command() {
        get("/api/scorecard?weeks=2").then().statusCode(200).body("agents.agent", hasItem("triage"));
        get("/api/scorecard?weeks=0").then().statusCode(400);
    }

    private void moveToMondayMorning() {
        var now = clock.instant().atZone(ZoneOffset.UTC);
        var monday = now.with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                .toLocalDate()
                .atTime(7, 0)
                .atZone(ZoneOffset.UTC);
        clock.advance(Duration.between(now, monday));
    }

    /** Two notes each morning, but for the last days, on which nothing runs. */
    private void week(int missed) {
        for (int day = 0; day < 7; day++) {
            if (day < 7 - missed) {
                agent.notes = List.of(new Note("one of " + clock.instant()), new Note("two of " + clock.instant()));
                runner.run(agent.in(Mode.SHADOW));
            }
            clock.advance(Duration.ofDays(1));
        }
    }

    /** The latest entries, of which people agree with some and correct the others. */
    private void judge(int agreed, int corrected) {
        var entries = journal.entries(agent.spec().name(), null, agreed + corrected);
        for (int at = 0; at < agreed + corrected; at++) {
            feedback.store(at < agreed ? verdict(entries.get(at)) : correction(entries.get(at)));
        }
    }

    private Feedback verdict(Entry entry) {
        return new Feedback(
                Database.newId(),
                entry.id(),
                clock.instant(),
                Feedback.Source.API,
                Feedback.Verdict.UP,
                null,
                null,
                false,
                null,
                null,
                null);
    }

    private Feedback correction(Entry entry) {
        return new Feedback(
                Database.newId(),
                entry.id(),
                clock.instant(),
                Feedback.Source.API,
                null,
                "{}",
                "other",
                false,
                null,
                null,
                null);
    }

    private AgentWeeks card(int weeks) {
        return scorecard.make(List.of(agent.in(Mode.SHADOW)), weeks).agents().get(0);
    }
}
