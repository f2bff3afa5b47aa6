package dev.drydock.judge;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.is;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.journal.Entry;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.judge.AgreementReport.Agreement;
import dev.drydock.judge.AgreementReport.Day;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people said against what the agent decided. The bounds were computed in Python, by the formula of Wilson's article. */
@QuarkusTest
class AgreementTest {

    @Inject
    MeasureAgreement measure;

    @Inject
    Judging people;

    @Inject
    ReviewEntries review;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    MovableClock clock;

    private final NoteAgent agent = new NoteAgent();

    @Test
    void is_measured_with_its_interval_and_says_how_many_more_would_tell() {
        var entries = decide(60, "BILLING", Mode.SHADOW);
        clock.advance(Duration.ofDays(3));
        judge(entries, 57);
        clock.advance(Duration.ofDays(2));

        var billing = label("BILLING");

        assertThat(billing.agreement()).isEqualTo(0.95);
        assertThat(billing.interval().low()).isEqualTo(0.8629948, within(1e-6));
        assertThat(billing.interval().high()).isEqualTo(0.9828505, within(1e-6));
        assertThat(billing.verdict()).isEqualTo(AgreementReport.Verdict.OPEN);
        assertThat(billing.moreOutputs()).isEqualTo(67);
        assertThat(billing.moreDays()).isEqualTo(3); // 60 were judged in two days
        assertThat(billing.sentence())
                .isEqualTo("people agreed with 95.0 % (86.3-98.3) of 60 outputs: not enough to tell; 67 more would");
    }

    @Test
    void is_told_by_label_and_by_day_with_the_dangerous_mistakes() {
        var first = decide(60, "BILLING", Mode.SHADOW);
        judge(first, 60);
        clock.advance(Duration.ofDays(1));
        var second = decide(60, "SPAM", Mode.SHADOW);
        judge(second, 40);
        var third = decide(2, "BUG", Mode.SHADOW);
        people.correctDangerous(third.get(0), "OUTAGE");

        var report = measure.report(agent.spec().name(), 90);

        assertThat(report.labels())
                .extracting(Agreement::label, Agreement::judged, Agreement::agreed, Agreement::verdict)
                .containsExactly(
                        tuple("BILLING", 60, 60, AgreementReport.Verdict.ENOUGH),
                        tuple("BUG", 1, 0, AgreementReport.Verdict.DANGEROUS),
                        tuple("SPAM", 60, 40, AgreementReport.Verdict.TOO_LOW));
        assertThat(report.days())
                .extracting(Day::judged, Day::agreed, Day::dangerous)
                .containsExactly(tuple(60, 60, 0), tuple(61, 40, 1));
        assertThat(report.dangerous()).singleElement().satisfies(mistake -> {
            assertThat(mistake.entryId()).isEqualTo(third.get(0).id());
            assertThat(mistake.given()).isEqualTo("BUG");
            assertThat(mistake.right()).isEqualTo("OUTAGE");
        });
        assertThat(report.all().judged()).isEqualTo(121);
    }

    @Test
    void counts_the_last_word_about_an_output() {
        var entries = decide(4, "BILLING", Mode.REVIEW);
        review.approve(entries.get(0).id());
        review.approve(entries.get(1).id());
        people.correct(entries.get(1), "BUG");
        review.reject(entries.get(2).id());
        people.correctDangerous(entries.get(3), "OUTAGE");
        clock.advance(Duration.ofSeconds(1));
        people.correct(entries.get(3), "BILLING"); // another field was wrong, after all

        var billing = label("BILLING");

        assertThat(billing.judged()).isEqualTo(4);
        assertThat(billing.agreed()).isEqualTo(2);
        assertThat(billing.dangerous()).isZero();
    }

    @Test
    void is_unknown_where_nobody_judged() {
        decide(3, "BILLING", Mode.SHADOW);

        var report = measure.report(agent.spec().name(), 90);

        assertThat(report.labels()).isEmpty();
        assertThat(report.all().agreement()).isNull();
        assertThat(report.all().sentence()).isEqualTo("nobody judged an output: not enough to tell; 50 more would");
    }

    @Test
    void is_what_the_api_answers() {
        get("/api/agreement?agent=triage&days=30")
                .then()
                .statusCode(200)
                .body("agent", is("triage"))
                .body("needed", is(0.9f))
                .body("neededOutputs", is(50));
        get("/api/agreement?agent=nobody").then().statusCode(404);
        get("/api/agreement").then().statusCode(400);
        get("/api/agreement?agent=triage&days=0").then().statusCode(400);
    }

    private void judge(List<Entry> entries, int agreed) {
        for (var at = 0; at < entries.size(); at++) {
            if (at < agreed) {
                people.agree(entries.get(at));
            } else {
                people.correct(entries.get(at), "OTHER");
            }
        }
    }

    private List<Entry> decide(int notes, String label, Mode mode) {
        agent.notes = IntStream.range(0, notes)
                .mapToObj(at -> new Note("%s %d at %s".formatted(label, at, clock.instant())))
                .toList();
        agent.decide = note -> new Verdict(label);
        runner.run(agent.in(mode));
        return journal.entries(agent.spec().name(), null, 1000).stream()
                .filter(entry -> label.equals(entry.label()))
                .toList();
    }

    private Agreement label(String label) {
        return measure.report(agent.spec().name(), 90).labels().stream()
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow();
    }
}
