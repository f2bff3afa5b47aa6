package com.example.digest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.digest.DigestAgent.Weight;
import dev.drydock.agent.Window;
import dev.drydock.config.Agents;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.judge.eval.EvalGate;
import dev.drydock.judge.eval.EvalReport.Verdict;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Runs the agent on the samples, with the offline model or the one that is configured. */
@QuarkusTest
class DigestCycleTest {

    @Inject
    EvalGate evals;

    @Inject
    DigestAgent agent;

    @Inject
    Agents agents;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Test
    void decides_one_briefing_in_a_cycle_and_delivers_none() {
        var run = runner.run(agents.named("digest").orElseThrow());

        assertThat(journal.entriesOf(requireNonNull(run.runId()), 100))
                .hasSize(1)
                .allSatisfy(entry -> assertThat(entry.state()).isEqualTo(EntryState.SHADOWED));
    }

    @Test
    void makes_one_briefing_of_all_feeds_and_names_the_dead_one() throws Exception {
        var now = Instant.parse("2026-11-24T06:15:00Z");

        var batches = agent.fetch(new Window(now, now, true));

        assertThat(batches).singleElement().satisfies(batch -> {
            assertThat(batch.id()).isEqualTo("2026-11-24");
            assertThat(batch.entries()).hasSize(7).doesNotHaveDuplicates();
            assertThat(batch.faults()).singleElement().asString().contains("gone.xml");
        });
        var batch = batches.get(0);
        assertThat(agent.rule(batch)).isEmpty();
        var briefing = agent.decide(batch);
        assertThat(briefing.weight()).isEqualTo(Weight.ACT);
        assertThat(briefing.points())
                .isNotEmpty()
                .allSatisfy(point -> assertThat(point.text()).isNotBlank());
    }

    @Test
    void settles_a_day_without_news_by_rule() throws Exception {
        var monthsLater = Instant.parse("2027-03-01T06:15:00Z");

        var batch = agent.fetch(new Window(monthsLater, monthsLater, false)).get(0);

        assertThat(agent.rule(batch))
                .hasValueSatisfying(briefing -> assertThat(briefing.weight()).isEqualTo(Weight.QUIET));
    }

    @Test
    void decides_its_eval_cases_no_worse_than_the_baseline() throws Exception {
        var report = evals.run("digest");

        assertThat(report.verdict()).as(report.sentence()).isEqualTo(Verdict.PASSES);
    }
}
