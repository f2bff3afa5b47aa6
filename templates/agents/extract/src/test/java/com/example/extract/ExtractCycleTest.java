package com.example.extract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.extract.ExtractAgent.Booking;
import com.example.extract.ExtractAgent.Document;
import com.example.extract.ExtractAgent.Verdict;
import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Window;
import dev.drydock.config.Agents;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.judge.eval.EvalGate;
import dev.drydock.judge.eval.EvalReport;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Reads the samples over HTTP with a token, with the offline model or the one that is configured. */
@QuarkusTest
class ExtractCycleTest {

    private static final Window ALL = new Window(Instant.EPOCH, Instant.EPOCH, true);

    @Inject
    EvalGate evals;

    @Inject
    ExtractAgent agent;

    @Inject
    Agents agents;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Test
    void decides_each_document_in_a_cycle_and_delivers_none() {
        var run = runner.run(agents.named("extract").orElseThrow());

        assertThat(journal.entriesOf(requireNonNull(run.runId()), 100))
                .hasSize(5)
                .allSatisfy(entry -> assertThat(entry.state()).isEqualTo(EntryState.SHADOWED));
    }

    @Test
    void decides_its_eval_cases_no_worse_than_the_baseline() throws Exception {
        var report = evals.run("extract");

        assertThat(report.verdict()).as(report.sentence()).isEqualTo(EvalReport.Verdict.PASSES);
    }

    @Test
    void reads_every_document_of_every_page() throws Exception {
        assertThat(agent.fetch(ALL))
                .hasSize(5)
                .doesNotHaveDuplicates()
                .extracting(Document::id)
                .contains("re-2026-0817", "letter");
    }

    @Test
    void books_what_holds_and_nothing_else() throws Exception {
        var verdicts = new TreeMap<String, Verdict>();
        for (var document : agent.fetch(ALL)) {
            var booking = agent.rule(document).orElseGet(() -> agent.decide(document));
            verdicts.put(document.id(), booking.verdict());
        }

        assertThat(verdicts)
                .isEqualTo(Map.of(
                        "cloud-10-2026", Verdict.OK,
                        "letter", Verdict.NOT_AN_INVOICE,
                        "re-2026-0817", Verdict.OK,
                        "wrong-date", Verdict.NEEDS_REVIEW,
                        "wrong-sum", Verdict.NEEDS_REVIEW));
    }

    @Test
    void keeps_one_record_of_each_document() throws Exception {
        var booking = new Booking(Verdict.NOT_AN_INVOICE, null, List.of());

        for (var time : List.of("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z")) {
            var document = new Document("once/only", Instant.parse(time), "text");
            agent.deliver(document, booking, DeliveryKey.of("extract", document.id(), document.version()));
        }

        assertThat(Path.of("target/outbox/once%2Fonly.json"))
                .content()
                .contains("2026-11-02T00:00:00Z")
                .doesNotContain("2026-11-01");
        assertThat(Files.exists(Path.of("target/outbox/once"))).isFalse();
    }
}
