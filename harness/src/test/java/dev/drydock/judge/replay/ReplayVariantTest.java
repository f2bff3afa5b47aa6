package dev.drydock.judge.replay;

import static dev.drydock.model.ModelServer.completion;
import static dev.drydock.model.ModelServer.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.judge.replay.ReplayedEntry.VariantOutcome;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The third lane of a replay: another prompt or model, or today's asked again. */
@QuarkusTest
@WithTestResource(Servers.class)
class ReplayVariantTest extends ReplayFixture {

    private static final Variant LIVE = new Variant(Optional.empty(), Optional.empty(), true);
    private static final Variant OTHER_PROMPT = new Variant(Optional.of("Pull nothing."), Optional.empty(), true);

    @Test
    void asks_another_prompt_live_and_delivers_nothing() throws Exception {
        var run = run(Mode.LIVE);
        var delivered = agent.delivered.size();
        server.answerContent("OUTAGE");
        server.forget();

        var report = replay(run, OTHER_PROMPT);

        assertThat(server.requests()).isEqualTo(1);
        assertThat(server.lastRequest()).contains("Pull nothing.").doesNotContain("Operate the levers");
        assertThat(report.differs()).isFalse();
        assertThat(totals(report).outcomes()).isEqualTo(Map.of(VariantOutcome.OTHER_LABEL, 1));
        var entry = report.shown().get(0);
        assertThat(variant(entry).fields()).containsExactly(new FieldDiff("label", "BUG", "OUTAGE"));
        assertThat(variant(entry).lane().traceId()).hasSize(32);
        assertThat(entry.production().traceId())
                .hasSize(32)
                .isNotEqualTo(variant(entry).lane().traceId());
        assertThat(agent.delivered).hasSize(delivered);
        assertThat(entries().get(0).label()).isEqualTo("BUG");
    }

    @Test
    void names_dangerous_flips_before_others() throws Exception {
        agent.notes = List.of(new Note("a"), new Note("b"), new Note("c"));
        agent.decide = note -> new Verdict(note.id().equals("c") ? "URGENT" : "LATER");
        var run = run(Mode.SHADOW);
        agent.decide = note -> new Verdict("NEVER");

        var report = replay(run, LIVE);

        assertThat(totals(report).dangerous()).isEqualTo(1);
        assertThat(report.shown().get(0).itemId()).isEqualTo("c");
        assertThat(variant(report.shown().get(0)).dangerous()).isTrue();
    }

    @Test
    void compares_what_both_cost_and_records_what_was_paid() throws Exception {
        var run = run(Mode.SHADOW);

        var report = replay(run, new Variant(Optional.empty(), Optional.of("mock-1"), true));

        var totals = totals(report);
        assertThat(totals.outcomes()).isEqualTo(Map.of(VariantOutcome.SAME, 1));
        assertThat(totals.comparedUsd()).isNotNull().isEqualTo(totals.costUsd());
        assertThat(totals.differenceUsd()).isEqualTo("0");
        assertThat(older.callsOutsideOfRuns(agent.spec().name())).isEqualTo(1);
        assertThat(journal.callsOfRun(run, 10)).hasSize(1);
    }

    @Test
    void needs_to_ask_what_is_not_on_record_and_says_what_production_paid_for_it() throws Exception {
        var run = run(Mode.SHADOW);
        server.forget();

        var report = replay(run, new Variant(Optional.of("Pull nothing."), Optional.empty(), false));

        assertThat(server.requests()).isZero();
        assertThat(totals(report).outcomes()).isEqualTo(Map.of(VariantOutcome.NOT_ASKED, 1));
        assertThat(totals(report).notAskedUsd()).isEqualTo(report.productionUsd());
    }

    @Test
    void answers_the_same_question_from_the_record() throws Exception {
        var run = run(Mode.SHADOW);
        server.forget();

        var report = replay(run, new Variant(Optional.of("Operate the levers."), Optional.empty(), false));

        assertThat(server.requests()).isZero();
        assertThat(totals(report).outcomes()).isEqualTo(Map.of(VariantOutcome.SAME, 1));
    }

    @Test
    void writes_down_tool_calls_and_makes_none() throws Exception {
        server.answerContent("idle");
        var run = run(Mode.LIVE);
        server.answerInTurn(toolCall("light", "{\"room\":\"hall\"}"), completion("idle"));

        var report = replay(run, OTHER_PROMPT);

        assertThat(levers.pulled()).isEmpty();
        assertThat(sideEffects.of(entries().get(0).id())).isEmpty();
        assertThat(totals(report).outcomes()).isEqualTo(Map.of(VariantOutcome.OTHER_FIELDS, 1));
        assertThat(variant(report.shown().get(0)).lane().tools())
                .containsExactly("Operator.Levers.light {\"room\":\"hall\"}");
    }

    @Test
    void counts_an_entry_that_it_cannot_decide() throws Exception {
        var run = run(Mode.SHADOW);
        agent.decide = note -> {
            throw new IllegalStateException("no");
        };

        var report = replay(run, new Variant(Optional.of("Pull nothing."), Optional.empty(), false));

        assertThat(totals(report).outcomes()).isEqualTo(Map.of(VariantOutcome.FAILED, 1));
        assertThat(variant(report.shown().get(0)).lane().fault()).isEqualTo("IllegalStateException: no");
    }

    private static ReplayReport.VariantTotals totals(ReplayReport report) {
        return Objects.requireNonNull(report.variant());
    }

    private static ReplayedEntry.ByVariant variant(ReplayedEntry entry) {
        return Objects.requireNonNull(entry.variant());
    }
}
