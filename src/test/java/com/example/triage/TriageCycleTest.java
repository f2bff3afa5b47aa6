package com.example.triage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.config.Agents;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.judge.eval.EvalGate;
import dev.drydock.judge.eval.EvalReport.Verdict;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Runs one cycle over the samples in shadow mode, with the offline model or the one that is configured; and the eval cases, on
 * recorded answers.
 */
@QuarkusTest
@TestProfile(TriageCycleTest.Samples.class)
class TriageCycleTest {

    @Inject
    Agents agents;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    EvalGate evals;

    /** Reads the samples. */
    public static class Samples implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("drydock.folder.inbox", "samples/inbox");
        }
    }

    @Test
    void decides_each_sample_and_delivers_none() {
        var run = runner.run(agents.named("triage").orElseThrow());

        assertThat(journal.entriesOf(requireNonNull(run.runId()), 100))
                .hasSameSizeAs(Path.of("samples/inbox").toFile().list())
                .allSatisfy(entry -> {
                    assertThat(entry.state()).isEqualTo(EntryState.SHADOWED);
                    assertThat(entry.label()).isNotBlank();
                });
    }

    @Test
    void decides_its_eval_cases_no_worse_than_the_baseline() throws Exception {
        var report = evals.run("triage");

        assertThat(report.verdict()).as(report.sentence()).isEqualTo(Verdict.PASSES);
    }
}
