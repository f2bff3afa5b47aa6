package dev.drydock.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.alert.SentAlerts;
import dev.drydock.config.LiveLabels;
import dev.drydock.config.LiveLabels.Kind;
import dev.drydock.config.Schedule;
import dev.drydock.journal.EarnedLabels;
import dev.drydock.journal.EarnedLabels.Move;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.judge.Scorecard.Week;
import dev.drydock.judge.eval.RunEval.Folders;
import dev.drydock.judge.eval.RunLiveEvals;
import dev.drydock.judge.replay.ReplayFixture;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Six weeks of an agent that reads ten notes each morning, made through the loop with a moved clock: two weeks in shadow mode,
 * then live by labels. In the fifth week its model gets worse.
 */
@QuarkusTest
@WithTestResource(Servers.class)
class SixWeeksTest extends ReplayFixture {

    private static final Schedule MONDAYS = Schedule.parse("0 5 * * 1");

    @Inject
    EarnLabels earn;

    @Inject
    EarnedLabels labels;

    @Inject
    RunLiveEvals evals;

    @Inject
    MakeScorecard scorecard;

    @Inject
    Checklist checklist;

    @Inject
    ReportCost cost;

    @Inject
    Judging people;

    @Inject
    ReviewEntries review;

    @Inject
    SentAlerts sent;

    @Inject
    MovableClock clock;

    @TempDir
    Path folder;

    private Mode mode = Mode.SHADOW;

    @Test
    void a_label_earns_its_way_loses_it_and_earns_it_again() throws IOException {
        agent.rule =
                note -> note.text().startsWith("newsletter") ? Optional.of(new Verdict("NEVER")) : Optional.empty();
        agent.liveLabels = new LiveLabels(Kind.EARNED, List.of());
        server.answerContent("NEVER");
        server.answerRequestsWith("outage", "URGENT");
        writeCases();
        moveToMondayMorning();

        week();
        week();
        assertThat(agent.delivered).isEmpty();

        mode = Mode.LIVE;
        week();
        assertThat(live()).containsExactly("NEVER");
        week();
        assertThat(live()).containsExactly("NEVER", "URGENT");

        server.answerRequestsWith("silent outage", "NEVER");
        week();
        assertThat(live()).containsExactly("URGENT");
        server.answerRequestsWith("silent outage", "URGENT");
        week();

        assertThat(labels.moves(name(), 10))
                .extracting(Move::label, Move::live)
                .containsExactly(
                        tuple("NEVER", true), tuple("NEVER", false), tuple("URGENT", true), tuple("NEVER", true));
        assertThat(sent.types("label-demoted", name() + " NEVER")).isNotEmpty();
        assertThat(sent.alerts("accuracy-declined", name()).get(0).summary()).contains("accuracy fell to 50 %");
        seeTheScorecard();
        seeTheCheck();
        seeTheCost();
    }

    private void seeTheScorecard() {
        var card = scorecard.make(List.of(agent.in(mode)), 7).agents().get(0);
        assertThat(card.weeks()).hasSize(7).last().extracting(Week::complete).isEqualTo(false);
        var weeks = card.weeks().subList(0, 6);
        assertThat(weeks).extracting(Week::inputs).containsOnly(70L);
        assertThat(weeks).extracting(Week::uptime).containsOnly(1.0);
        assertThat(weeks).extracting(Week::agreement).containsExactly(1.0, 1.0, 1.0, 1.0, 69 / 70.0, 1.0);
        assertThat(weeks).extracting(Week::dangerous).containsExactly(0L, 0L, 0L, 0L, 1L, 0L);
        assertThat(weeks).extracting(Week::evalAccuracy).containsExactly(1.0, 1.0, 1.0, 1.0, 0.5, 1.0);
        assertThat(weeks).extracting(Week::evalDangerous).containsExactly(0, 0, 0, 0, 6, 0);
        assertThat(weeks.get(0).delivered()).isZero();
        assertThat(weeks.get(2).usdPerItem()).isPositive();
        assertThat(ScorecardSentence.of("notes", weeks.subList(0, 5)))
                .isEqualTo("notes: 1 dangerous mistakes among 70 judged outputs.");
    }

    private void seeTheCheck() {
        assertThat(line(ChecklistItem.R1).holds()).isTrue();
        assertThat(line(ChecklistItem.R1).evidence()).contains("14 days, 140 decided, 0 failed");
        assertThat(line(ChecklistItem.E3).holds()).isTrue();
        assertThat(line(ChecklistItem.E4).holds()).isTrue();
        assertThat(line(ChecklistItem.E4).evidence())
                .startsWith("420 outputs ")
                .endsWith(name() + ": 1 dangerous mistakes among 420 judged outputs");
    }

    private ChecklistLine line(ChecklistItem item) {
        return checklist.report(List.of(agent.in(mode)), folder).lines().stream()
                .filter(line -> line.id() == item)
                .findFirst()
                .orElseThrow();
    }

    private void seeTheCost() {
        var row = cost.report(clock).rows().stream()
                .filter(one -> one.what().equals(name()))
                .findFirst()
                .orElseThrow();
        assertThat(row.basis()).startsWith("measured, ");
        assertThat(row.callsPerDay()).isEqualTo(5.0, within(2.5)); // five a day, and twelve for each eval
        assertThat(row.usdPerDay()).isPositive();
    }

    /** Ten notes each morning: five newsletters, three questions, two outages. People look at each output. */
    private void week() {
        evals.runDue(agent.in(mode), MONDAYS, new Folders(folder, folder));
        for (int day = 0; day < 7; day++) {
            agent.notes = notes();
            earn.update(agent.in(mode)); // as the start of a cycle does for an agent of the program
            var run = run(mode);
            clock.advance(Duration.ofHours(2));
            journal.entries(name(), null, 10).forEach(entry -> judge(entry, run));
            clock.advance(Duration.ofHours(22));
        }
    }

    private void judge(Entry entry, UUID run) {
        assertThat(entry.runId()).isEqualTo(run);
        var right = entry.itemId().contains("outage") ? "URGENT" : "NEVER";
        if (!right.equals(entry.label())) {
            people.correctDangerous(entry, right);
        } else if (entry.state() == EntryState.HELD) {
            review.approve(entry.id());
        } else {
            people.agree(entry);
        }
    }

    private List<Note> notes() {
        var silent = clock.instant().atZone(ZoneOffset.UTC).getDayOfWeek() == DayOfWeek.MONDAY ? "silent " : "";
        var notes = new ArrayList<Note>();
        IntStream.range(0, 5).forEach(at -> notes.add(note("newsletter", at)));
        IntStream.range(0, 3).forEach(at -> notes.add(note("question", at)));
        notes.add(note("outage", 0));
        notes.add(note(silent + "outage", 1));
        return List.copyOf(notes);
    }

    private Note note(String text, int number) {
        return new Note("%s %d of %s".formatted(text, number, clock.instant()), "1", text);
    }

    private void writeCases() throws IOException {
        Files.createDirectories(folder.resolve(name()));
        Files.write(
                folder.resolve(name()).resolve("cases.jsonl"),
                IntStream.range(0, 12)
                        .mapToObj(at -> """
                                {"id":"c%d","set":"dev","label":"URGENT","item":{"id":"%1$d","version":"1","text":"%s outage %1$d"},\
                                "expected":{"label":"URGENT"}}""".formatted(at, at < 6 ? "silent" : "loud"))
                        .toList());
    }

    private void moveToMondayMorning() {
        var now = clock.instant().atZone(ZoneOffset.UTC);
        var monday = now.with(TemporalAdjusters.next(DayOfWeek.MONDAY)).toLocalDate();
        clock.advance(Duration.between(now, monday.atTime(7, 0).atZone(ZoneOffset.UTC)));
    }

    private List<String> live() {
        return labels.of(name()).stream()
                .map(EarnedLabels.Standing::last)
                .filter(Move::live)
                .map(Move::label)
                .toList();
    }

    private String name() {
        return agent.spec().name();
    }
}
