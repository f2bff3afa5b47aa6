package dev.drydock.judge.replay;

import static dev.drydock.model.ModelServer.completion;
import static dev.drydock.model.ModelServer.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.journal.EntryState;
import dev.drydock.judge.replay.ReplayedEntry.RecordOutcome;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The second lane of a replay: the same items and answers, decided by today's code. */
@QuarkusTest
@WithTestResource(Servers.class)
class ReplayTest extends ReplayFixture {

    @Test
    void finds_the_same_without_asking_or_delivering_anything() throws Exception {
        agent.notes = List.of(new Note("a"), new Note("b"), new Note("c"));
        var run = run(Mode.LIVE);
        var delivered = agent.delivered.size();
        server.forget();

        var report = replay(run);

        assertThat(report.records()).isEqualTo(Map.of(RecordOutcome.SAME, 3));
        assertThat(report.shown()).isEmpty();
        assertThat(report.differs()).isFalse();
        assertThat(report.productionUsd()).isNotNull();
        assertThat(server.requests()).isZero();
        assertThat(agent.delivered).hasSize(delivered);
        assertThat(journal.callsOfRun(run, 10)).hasSize(3);
    }

    @Test
    void names_the_fields_that_changed_code_decides_otherwise() throws Exception {
        var run = run(Mode.SHADOW);
        agent.decide = note -> new Verdict(operator.operate(note.text()).toLowerCase(Locale.ROOT));

        var report = replay(run);

        assertThat(report.differs()).isTrue();
        var records = report.shown().get(0).records();
        assertThat(records.outcome()).isEqualTo(RecordOutcome.DIFFERS);
        assertThat(records.fields()).containsExactly(new FieldDiff("label", "BUG", "bug"));
    }

    @Test
    void catches_a_change_of_the_harness_that_asks_otherwise_even_if_the_decision_is_the_same() throws Exception {
        var run = run(Mode.SHADOW);
        harness.change(text -> text.replace("text of", "text  of"));

        var report = replay(run);

        assertThat(report.records()).isEqualTo(Map.of(RecordOutcome.DIFFERS, 1));
        assertThat(report.shown().get(0).records().reasons())
                .singleElement()
                .asString()
                .startsWith("question 1 is another one: messages[1].contents[0].text: text of a → ");
    }

    @Test
    void names_dangerous_differences_first() throws Exception {
        agent.notes = List.of(new Note("a"), new Note("b"));
        agent.decide = note -> new Verdict(note.id().equals("b") ? "URGENT" : "LATER");
        var run = run(Mode.SHADOW);
        agent.decide = note -> new Verdict("NEVER");

        var report = replay(run);

        assertThat(report.shown()).extracting(ReplayedEntry::itemId).containsExactly("b", "a");
        assertThat(report.shown())
                .extracting(entry -> entry.records().dangerous())
                .containsExactly(true, false);
    }

    @Test
    void goes_on_over_prompts_that_have_changed_twice() throws Exception {
        agent.notes = List.of(new Note("a"), new Note("b"), new Note("c"));
        var run = run(Mode.SHADOW);
        older.askedWith(entries().get(0).id(), "v1", "the levers", "some levers");
        older.askedWith(entries().get(1).id(), "v2", "the levers", "a lever");

        var report = replay(run);

        assertThat(report.records()).isEqualTo(Map.of(RecordOutcome.SAME, 1, RecordOutcome.OTHER_QUESTION, 2));
        assertThat(report.differs()).isFalse();
        assertThat(report.shown().get(0).records().reasons())
                .singleElement()
                .asString()
                .contains("the prompt Operator.operate has changed: version v1 then, ");

        agent.decide = note -> new Verdict(operator.operate(note.text()) + "!");
        assertThat(replay(run).records()).isEqualTo(Map.of(RecordOutcome.DIFFERS, 3));
    }

    @Test
    void reads_an_answer_whose_end_only_a_newer_release_knows() throws Exception {
        var run = run(Mode.SHADOW);
        older.finishedWith(entries().get(0).id(), "NEWER");

        assertThat(replay(run).records()).isEqualTo(Map.of(RecordOutcome.SAME, 1));
    }

    @Test
    void takes_the_results_of_tools_from_the_record() throws Exception {
        agent.decide = note -> new Verdict(operator.operate(note.text()));
        server.answerInTurn(
                toolCall("light", "{\"room\":\"hall\"}"), toolCall("coal", "{\"cellar\":\"1\"}"), completion("done"));
        var run = run(Mode.LIVE);
        var calls = sideEffects.of(entries().get(0).id());
        server.forget();

        var report = replay(run);

        assertThat(report.shown()).isEmpty();
        assertThat(report.entries()).isEqualTo(1);
        assertThat(levers.pulled()).containsExactly("light hall", "coal 1");
        assertThat(sideEffects.of(entries().get(0).id())).isEqualTo(calls);
        assertThat(server.requests()).isZero();
    }

    @Test
    void ends_where_production_waits_for_a_person() throws Exception {
        agent.decide = note -> new Verdict(operator.operate(note.text()));
        server.answerInTurn(toolCall("launch", "{\"rocket\":\"one\"}"), completion("launched"));
        var run = run(Mode.LIVE);
        assertThat(entries().get(0).state()).isEqualTo(EntryState.HELD);

        assertThat(replay(run).records()).isEqualTo(Map.of(RecordOutcome.SAME, 1));

        assertThat(levers.pulled()).isEmpty();
    }

    @Test
    void uses_the_answers_of_the_last_attempt() throws Exception {
        agent.decide = note -> {
            var label = operator.operate(note.text());
            if (label.equals("odd")) {
                throw new IllegalStateException("odd");
            }
            return new Verdict(label);
        };
        server.answerInTurn(completion("odd"), completion("BUG"));

        assertThat(replay(run(Mode.SHADOW)).records()).isEqualTo(Map.of(RecordOutcome.SAME, 1));
    }

    @Test
    void says_when_a_rule_begins_or_ceases_to_decide() throws Exception {
        agent.notes = List.of(new Note("a"), new Note("b"));
        agent.rule = note -> note.id().equals("a") ? Optional.of(new Verdict("BUG")) : Optional.empty();
        var run = run(Mode.SHADOW);
        assertThat(replay(run).records()).isEqualTo(Map.of(RecordOutcome.SAME, 2));

        agent.rule = note -> note.id().equals("b") ? Optional.of(new Verdict("BUG")) : Optional.empty();

        var report = replay(run);
        assertThat(report.records()).isEqualTo(Map.of(RecordOutcome.DIFFERS, 2));
        assertThat(report.shown().get(0).records().reasons()).contains("no rule decides it today");
        assertThat(report.shown().get(1).records().reasons()).contains("a rule decides it today");
    }

    @Test
    void proves_that_a_poisoned_entry_is_mended() throws Exception {
        agent.decide = note -> {
            operator.operate(note.text());
            throw new IllegalStateException("cannot decide this");
        };
        run(Mode.SHADOW);
        run(Mode.SHADOW);
        var run = run(Mode.SHADOW);
        assertThat(entries().get(0).state()).isEqualTo(EntryState.POISONED);
        assertThat(replay(run).records()).isEqualTo(Map.of(RecordOutcome.SAME, 1));

        agent.decide = note -> new Verdict(operator.operate(note.text()));

        var entry = replay(run).shown().get(0);
        assertThat(entry.records().reasons())
                .containsExactly(
                        "production did not decide it (IllegalStateException: cannot decide this), today's code does");
        assertThat(entry.records().lane()).extracting(Lane::label).isEqualTo("BUG");
    }

    @Test
    void says_what_is_no_longer_on_record() throws Exception {
        var run = run(Mode.SHADOW);
        older.forgetCalls(entries().get(0).id());

        var report = replay(run);

        assertThat(report.records()).isEqualTo(Map.of(RecordOutcome.NOT_ON_RECORD, 1));
        assertThat(report.differs()).isFalse();
    }

    @Test
    void reads_a_page_of_500_entries_in_three_statements() throws Exception {
        agent.decide = note -> new Verdict("fine");
        agent.notes =
                IntStream.range(0, 600).mapToObj(at -> new Note("note-" + at)).toList();
        var run = run(Mode.SHADOW);

        assertThat(older.statements(() -> assertThat(replay(run).records()).isEqualTo(Map.of(RecordOutcome.SAME, 600))))
                .isBetween(
                        7,
                        60); // the ids and two pages; timers of the application add some, one for each entry would be
        // 600
    }
}
