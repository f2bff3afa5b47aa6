package dev.drydock.judge.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.judge.eval.RunEval.Folders;
import dev.drydock.judge.replay.PromptTrial.Changed;
import dev.drydock.judge.replay.PromptTrials.Progress;
import dev.drydock.judge.replay.ReplayedEntry.VariantOutcome;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dev mode does when a prompt was changed. */
@QuarkusTest
@WithTestResource(Servers.class)
class TryPromptTest extends ReplayFixture {

    @Inject
    TryPrompt prompts;

    @Inject
    EvaluatePrompt evaluation;

    @Inject
    PromptTrials trials;

    @Inject
    TrySample samples;

    @Inject
    TrialPrice price;

    @BeforeEach
    void decide_two_notes_by_the_first_version() {
        agent.notes = List.of(new Note("a"), new Note("b"));
        run(Mode.SHADOW);
        server.forget();
    }

    @Test
    void asks_nothing_while_the_prompt_is_the_same() throws Exception {
        assertThat(prompts.run(agent.in(Mode.SHADOW))).isEmpty();
        assertThat(server.requests()).isZero();
    }

    @Test
    void decides_entries_again_and_compares_them_with_the_version_before() throws Exception {
        ask("Second");
        server.answerContent("OUTAGE");

        var second = prompts.run(agent.in(Mode.SHADOW)).orElseThrow();

        assertThat(second.entries()).isEqualTo(2);
        assertThat(second.again()).isEqualTo(2);
        assertThat(second.changed())
                .hasSize(2)
                .allSatisfy(each ->
                        assertThat(each.now().fields()).containsExactly(new FieldDiff("label", "BUG", "OUTAGE")));
        assertThat(server.requests()).isEqualTo(2);
        assertThat(agent.delivered).isEmpty();
        assertThat(entries()).allSatisfy(entry -> assertThat(entry.label()).isEqualTo("BUG"));

        assertThat(prompts.run(agent.in(Mode.SHADOW))).as("a restart").isEmpty();

        ask("Third");
        var third = prompts.run(agent.in(Mode.SHADOW)).orElseThrow();
        assertThat(third.again()).isEqualTo(2);
        assertThat(third.changed()).as("it decides as the second does").isEmpty();
        assertThat(trials.last(agent.spec().name())).contains(third);
    }

    @Test
    void takes_the_decisions_on_record_when_the_first_version_is_back() throws Exception {
        ask("Second");
        server.answerContent("OUTAGE");
        assertThat(prompts.run(agent.in(Mode.SHADOW))).isPresent();
        server.forget();
        agent.decide = note -> new Verdict(operator.operate(note.text()));

        var back = prompts.run(agent.in(Mode.SHADOW)).orElseThrow();

        assertThat(server.requests()).isZero();
        assertThat(back.changed())
                .hasSize(2)
                .extracting(each -> each.now().lane().label())
                .containsOnly("BUG");
    }

    @Test
    void says_how_far_it_is_until_it_has_ended() throws Exception {
        var seen = new ConcurrentLinkedQueue<Progress>();
        agent.decide = note -> {
            trials.progress(agent.spec().name()).ifPresent(seen::add);
            return new Verdict("LATER");
        };

        prompts.run(agent.in(Mode.SHADOW));

        assertThat(seen).contains(new Progress(0, 2)).hasSize(2).allMatch(progress -> progress.of() == 2);
        assertThat(trials.progress(agent.spec().name())).isEmpty();
    }

    @Test
    void shows_dangerous_changes_first() throws Exception {
        agent.notes = List.of(new Note("c"), new Note("d"));
        agent.decide = note -> new Verdict(note.id().equals("d") ? "URGENT" : "LATER");
        run(Mode.SHADOW);
        agent.decide = note -> new Verdict("NEVER");

        var trial = prompts.run(agent.in(Mode.SHADOW)).orElseThrow();

        assertThat(trial.changed()).extracting(Changed::itemId).startsWith("d");
        assertThat(trial.changed().get(0).now().dangerous()).isTrue();
        assertThat(trial.changed().get(1).now().dangerous()).isFalse();
    }

    @Test
    void tries_an_entry_again_that_the_model_did_not_decide() throws Exception {
        agent.decide = note -> {
            throw new IllegalStateException("no");
        };
        var failed = prompts.run(agent.in(Mode.SHADOW)).orElseThrow();
        assertThat(failed.changed()).extracting(each -> each.now().outcome()).containsOnly(VariantOutcome.FAILED);

        ask("Second");
        assertThat(prompts.run(agent.in(Mode.SHADOW)).orElseThrow().again()).isEqualTo(2);
    }

    @Test
    void asks_a_model_that_costs_money_within_a_budget_only() {
        assertThat(price.words()).contains("for at most $1 a day (DRYDOCK_EVALS_BUDGET_USD)");
        ask("Second");
        var last = recorded.read(recorded.latest(agent.spec().name(), 1).get(0)).get(0);
        var sample = samples.changed(agent.in(Mode.SHADOW), last, null).orElseThrow();
        var budget = Optional.of(new BigDecimal("0.0000001"));

        var now = samples.decide(sample, Variant.live(budget));

        assertThat(now.outcome()).isEqualTo(VariantOutcome.FAILED);
        assertThat(now.lane().fault()).contains("BUDGET_SPENT");
        assertThat(server.requests()).isZero();
    }

    @Test
    void leaves_an_agent_alone_that_delivers() throws Exception {
        ask("Second");

        assertThat(prompts.run(agent.in(Mode.LIVE))).isEmpty();
        assertThat(server.requests()).isZero();
    }

    @Test
    void measures_the_new_version_on_the_dev_cases_only(@TempDir Path folder) throws Exception {
        var name = agent.spec().name();
        Files.createDirectories(folder.resolve(name));
        Files.writeString(folder.resolve(name).resolve("cases.jsonl"), """
                {"id":"one","set":"dev","item":{"id":"1","text":"one"},"label":"OUTAGE"}
                {"id":"two","set":"holdout","item":{"id":"2","text":"two"},"label":"OUTAGE"}
                """);
        ask("Second");
        server.answerContent("OUTAGE");
        prompts.run(agent.in(Mode.SHADOW));
        server.forget();

        evaluation.run(agent.in(Mode.SHADOW), new Folders(folder, folder));

        assertThat(server.requests()).isEqualTo(1);
        var eval = Objects.requireNonNull(trials.last(name).orElseThrow().eval());
        assertThat(eval.figures().get(0).now()).contains("100");
    }

    private void ask(String version) {
        agent.decide = note -> new Verdict(operator.operate(version + ": " + note.text()));
    }
}
