package com.example.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.config.Agents;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.SideEffectJournal;
import dev.drydock.judge.eval.EvalGate;
import dev.drydock.judge.eval.EvalReport.Verdict;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs one cycle over the samples in shadow mode: everything is decided, calls of tools are recorded and not made. */
@QuarkusTest
@TestProfile(OperatorCycleTest.Samples.class)
class OperatorCycleTest {

    @Inject
    EvalGate evals;

    @Inject
    Agents agents;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    SideEffectJournal sideEffects;

    /** Reads the samples. */
    public static class Samples implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("drydock.folder.inbox", "samples/operator/tickets");
        }
    }

    @Test
    void are_decided_with_the_tools_that_they_call_for() {
        runner.run(agents.named("operator").orElseThrow());

        var entries = journal.entries("operator", null, 100).stream()
                .filter(entry -> entry.itemId().matches("0\\d-.*"))
                .toList();
        assertThat(entries).hasSize(5).allSatisfy(entry -> {
            assertThat(entry.state()).isEqualTo(EntryState.SHADOWED);
            assertThat(sideEffects.of(entry.id()))
                    .allSatisfy(call -> assertThat(call.state()).isEqualTo(ProposedCall.State.RECORDED));
        });
        assertThat(entries)
                .extracting(entry -> entry.itemId().substring(0, 2) + " " + entry.label())
                .contains("01 REFUNDED", "02 RESTARTED", "03 CLOSED", "04 ANSWERED");
        assertThat(calls(entries, "01")).singleElement().satisfies(call -> {
            assertThat(call.tool()).isEqualTo("OperatorAgent.Desk.refund");
            assertThat(call.arguments()).contains("T-2041", "A-1042", "49.00");
        });
        assertThat(calls(entries, "02")).singleElement().satisfies(call -> {
            assertThat(call.tool()).isEqualTo("OperatorAgent.Desk.restart");
            assertThat(call.arguments()).contains("T-2042", "export-7");
        });
        assertThat(calls(entries, "03"))
                .singleElement()
                .satisfies(call -> assertThat(call.tool()).isEqualTo("OperatorAgent.Desk.close"));
        assertThat(calls(entries, "04")).isEmpty(); // looking up changes nothing
    }

    private List<ProposedCall> calls(List<Entry> entries, String number) {
        return entries.stream()
                .filter(entry -> entry.itemId().startsWith(number))
                .flatMap(entry -> sideEffects.of(entry.id()).stream())
                .toList();
    }

    @Test
    void decides_its_eval_cases_no_worse_than_the_baseline() throws Exception {
        var report = evals.run("operator");

        assertThat(report.verdict()).as(report.sentence()).isEqualTo(Verdict.PASSES);
    }
}
