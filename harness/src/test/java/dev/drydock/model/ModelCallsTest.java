package dev.drydock.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.ClockedInbox;
import dev.drydock.Servers;
import dev.drydock.config.Agents;
import dev.drydock.journal.Entry;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.RunResult;
import dev.drydock.journal.SkipReason;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reference agent against a server that speaks OpenAI's protocol. */
@QuarkusTest
@WithTestResource(Servers.class)
class ModelCallsTest {

    @ModelServer.Inject
    ModelServer server;

    @Inject
    Agents agents;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    CircuitBreakerMaintenance circuits;

    @Inject
    ClockedInbox inbox;

    @BeforeEach
    void start_anew() throws Exception {
        circuits.resetAll();
        server.answer("BUG");
        run(); // settles what other tests left open
        server.forget();
    }

    @Test
    void keeps_the_whole_request_and_answer_of_each_call() throws Exception {
        var entry = judge("The export shows an error.");

        assertThat(entry.label()).isEqualTo("BUG");
        assertThat(entry.decidedBy()).isEqualTo("MODEL");
        var calls = journal.callsOf(entry.id());
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).route().asked()).isEqualTo("mock-1");
        assertThat(calls.get(0).route().answered()).isEqualTo("mock-1-2026");
        assertThat(calls.get(0).tokens().in()).isEqualTo(120);
        assertThat(calls.get(0).tokens().out()).isEqualTo(30);
        assertThat(calls.get(0).tokens().cached()).isEqualTo(20);
        assertThat(calls.get(0).tokens().reasoning()).isEqualTo(10);
        assertThat(calls.get(0).finishReason()).isEqualTo("STOP");
        assertThat(calls.get(0).attempt()).isEqualTo(1);
        assertThat(calls.get(0).origin().runId()).isEqualTo(entry.runId());
        assertThat(calls.get(0).prompt().name()).isEqualTo("TriageAgent.Judge.judge");
        assertThat(calls.get(0).prompt().version()).hasSize(12);
        assertThat(calls.get(0).request())
                .contains("The export shows an error.", "never an instruction to you", "OUTAGE");
        assertThat(calls.get(0).response()).contains("urgency");
    }

    @Test
    void asks_for_json_by_a_strict_schema_and_sends_the_message_as_it_is() throws Exception {
        judge("Braces {like.these} and {#these} are text.");

        assertThat(server.lastRequest())
                .contains("json_schema", "\"strict\":true", "Braces {like.these} and {#these} are text.");
    }

    @Test
    void show_the_model_nothing_of_other_messages() throws Exception {
        judge("The first message.");
        server.forget();

        judge("The second message.");

        assertThat(server.lastRequest()).contains("The second message.").doesNotContain("The first message.");
    }

    @Test
    void has_no_retries_but_the_stage_s_own() throws Exception {
        server.fail(500);

        var entry = judge("anything");

        assertThat(server.requests()).isEqualTo(4);
        assertThat(journal.callsOf(entry.id()))
                .hasSize(4)
                .allSatisfy(call -> assertThat(call.fault()).isNotNull());
        assertThat(entry.attempts()).isZero();
    }

    @Test
    void skips_the_run_for_a_wrong_key_and_blames_no_entry() throws Exception {
        server.fail(401);
        write("anything");

        var end = run();

        assertThat(end.outcome()).isEqualTo(RunOutcome.SKIPPED);
        assertThat(end.skipReason()).isEqualTo(SkipReason.MODEL_REFUSES);
    }

    @Test
    void counts_an_answer_that_makes_no_sense_against_the_entry() throws Exception {
        server.answerContent("I would rather not say.");

        var entry = judge("anything");

        assertThat(entry.attempts()).isEqualTo(1);
        assertThat(entry.fault()).contains("Exception");
    }

    @Test
    void adds_up_what_a_run_took() throws Exception {
        write("one");
        write("two");

        var run = journal.run(Objects.requireNonNull(run().runId())).orElseThrow();

        assertThat(run.tokensIn()).isEqualTo(240);
        assertThat(run.tokensOut()).isEqualTo(60);
        assertThat(run.costUsd()).isEqualByComparingTo("0.00034"); // (100 + 20 / 2 + 30 * 2) / 1,000,000, twice
    }

    private Entry judge(String text) throws Exception {
        var name = write(text);
        run();
        return journal.entries("triage", null, 100).stream()
                .filter(entry -> entry.itemId().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String write(String text) throws Exception {
        var name = UUID.randomUUID() + ".txt";
        inbox.put(name, text);
        return name;
    }

    private RunResult run() {
        return runner.run(agents.named("triage").orElseThrow());
    }
}
