package dev.drydock.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static dev.drydock.model.ModelServer.completion;
import static dev.drydock.model.ModelServer.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.RunEnd;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import dev.drydock.journal.SpendLedger;
import dev.drydock.run.AgentRunner;
import dev.langchain4j.model.chat.ChatModel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a question on its way to a model, and to the answer on its way back. */
@QuarkusTest
@QuarkusTestResource(value = ModelServer.class, restrictToAnnotatedClass = true)
class DoorTest {

    private static final String FINE = "{\"mood\":\"FINE\",\"why\":\"it is\"}";

    @ModelServer.Inject
    ModelServer server;

    @Inject
    ChatModel model;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    SpendLedger ledger;

    @Inject
    MovableClock clock;

    @Inject
    CircuitBreakerMaintenance circuits;

    @Inject
    Operator operator;

    @BeforeEach
    void start_anew() {
        circuits.resetAll();
        server.answerContent(FINE);
        server.forget();
    }

    @Test
    void ends_the_cycle_when_the_budget_is_spent_and_goes_on_the_next_day() {
        var agent = Asking.about(40, model);
        var spending = agent.spending("0.006"); // one call may cost 0.002 and does cost 0.00017

        var today = run(spending);

        assertThat(today.skipReason()).isEqualTo(SkipReason.BUDGET_SPENT);
        assertThat(today.counts().decided()).isBetween(1, 35);
        assertThat(entries(agent, EntryState.ADMITTED))
                .hasSize(40 - today.counts().decided())
                .allSatisfy(entry -> assertThat(entry.attempts()).isZero());
        var day = ledger.day(agent.spec().name(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .orElseThrow();
        assertThat(day.spentUsd()).isLessThanOrEqualTo(new BigDecimal("0.006")).isEqualByComparingTo(cost(agent));
        assertThat(day.reservedUsd()).isZero();

        clock.advance(Duration.ofDays(1));
        assertThat(run(spending).counts().decided()).isPositive();
    }

    @Test
    void cuts_a_long_text_to_what_the_model_takes_and_keeps_the_instructions_and_both_ends() {
        var agent = Asking.about("The beginning. " + "Words and more words. ".repeat(5_000) + "The end.", model);

        run(agent.in(Mode.SHADOW));

        assertThat(server.lastRequest())
                .contains(Asking.INSTRUCTIONS, "The beginning.", "The end.", "characters were left out here");
        assertThat(only(agent).tokensCut()).isGreaterThan(10_000);
        assertThat(calls(agent))
                .singleElement()
                .satisfies(call -> assertThat(call.tokens().cut()).isGreaterThan(10_000));
    }

    @Test
    void cuts_harder_when_the_server_counts_more() {
        var tooLong = jsonResponse(
                "{\"error\": {\"message\": \"maximum context length is 100 tokens\", \"code\": \"context_length_exceeded\"}}",
                400);
        server.answerInTurn(tooLong, tooLong, completion(FINE));
        var agent = Asking.about("Words and more words. ".repeat(200), model);

        var end = run(agent.in(Mode.SHADOW));

        assertThat(end.outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(server.bodies()).hasSize(3);
        assertThat(server.bodies().get(2))
                .hasSizeLessThan(server.bodies().get(0).length());
        assertThat(only(agent).tokensCut()).isPositive();
    }

    @Test
    void asks_again_for_what_is_no_json_naming_the_fault() {
        server.answerInTurn(completion("It is fine."), completion(FINE));
        var agent = Asking.about(1, model);

        run(agent.in(Mode.SHADOW));

        assertThat(only(agent).state()).isEqualTo(EntryState.SHADOWED);
        assertThat(server.bodies()).hasSize(2);
        assertThat(server.bodies().get(1)).contains("It is fine.", "cannot be used: the answer is no JSON");
        assertThat(calls(agent)).hasSize(2);
    }

    @Test
    void asks_again_for_missing_fields_and_unknown_values() {
        server.answerInTurn(
                completion("{\"mood\":\"FINE\"}"),
                completion("{\"mood\":\"SO-SO\",\"why\":\"it is\"}"),
                completion(FINE));
        var agent = Asking.about(1, model);

        run(agent.in(Mode.SHADOW));

        assertThat(only(agent).label()).isEqualTo(FINE);
        assertThat(server.bodies().get(1)).contains("'why'");
        assertThat(server.bodies().get(2)).contains("FINE", "BAD", "enumeration");
    }

    @Test
    void takes_what_is_inside_of_a_fence_that_a_model_cannot_leave_off() {
        server.answerContent("```json\n" + FINE + "\n```");
        var agent = Asking.about(1, model);

        run(agent.in(Mode.SHADOW));

        assertThat(only(agent).label()).isEqualTo(FINE);
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void gives_up_after_two_repairs_with_a_reason_and_retries_nothing() {
        server.answerContent("{\"mood\":\"GRAND\",\"why\":\"it is\"}");
        var agent = Asking.about(1, model);

        run(agent.in(Mode.SHADOW));

        assertThat(only(agent).state()).isEqualTo(EntryState.ADMITTED);
        assertThat(only(agent).fault()).startsWith("UnusableAnswerException: UNKNOWN_VALUE");
        assertThat(only(agent).attempts()).isEqualTo(1);
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void names_an_answer_that_was_too_long() {
        server.answerContent("");
        server.answerInTurn(
                message("{\"role\": \"assistant\", \"content\": \"{\\\"mood\\\":\\\"FI\"}", "length"),
                completion(FINE));
        var agent = Asking.about(1, model);

        run(agent.in(Mode.SHADOW));

        assertThat(server.bodies().get(1)).contains("cut off");
        assertThat(only(agent).label()).isEqualTo(FINE);
    }

    @Test
    void asks_the_cheap_model_where_a_call_site_says_so() {
        server.answerContent("done");
        var agent = new NoteAgent("a");
        agent.decide = note -> new Verdict(operator.sort(note.text()));

        run(agent.in(Mode.SHADOW));

        assertThat(server.lastRequest()).contains("\"mock-cheap\"");
        assertThat(calls(agent).get(0).route().why()).isEqualTo("cheap");
        assertThat(calls(agent).get(0).prompt().name()).isEqualTo("Operator.sort");
        assertThat(calls(agent).get(0).costUsd()).isNull(); // nobody has said what it costs
    }

    @Test
    void asks_the_fallback_while_the_circuit_is_open_and_says_so() {
        server.answerModel("mock-1", aResponse().withStatus(503));
        var agent = Asking.about(60, model);

        run(agent.in(Mode.SHADOW));
        run(agent.in(Mode.SHADOW));

        assertThat(entries(agent, EntryState.SHADOWED)).hasSize(60);
        assertThat(allCalls(agent)).filteredOn(call -> call.fault() == null).allSatisfy(call -> {
            assertThat(call.route().asked()).isEqualTo("mock-fallback");
            assertThat(call.route().why()).contains("the circuit of mock-1 is open");
        });
    }

    @Test
    void asks_nobody_once_all_circuits_are_open_and_blames_no_entry() {
        server.fail(500);
        var agent = Asking.about(400, model);

        var end = run(agent.in(Mode.SHADOW));

        assertThat(end.skipReason()).isEqualTo(SkipReason.MODEL_DOWN);
        assertThat(server.requests()).isLessThan(120);
        assertThat(entries(agent, EntryState.ADMITTED))
                .hasSize(400)
                .allSatisfy(entry -> assertThat(entry.attempts()).isZero());
    }

    @Test
    void gives_the_answer_to_the_same_question_again_while_it_is_fresh() {
        var agent = Asking.about("the same", model);
        var caching = agent.cachingFor(Duration.ofHours(1));
        run(caching);
        agent.notes = List.of(new NoteAgent.Note("other", "1", "the same"));
        run(caching);

        assertThat(server.requests()).isEqualTo(1);
        var again = journal.callsOf(entries(agent, EntryState.SHADOWED).get(0).id());
        assertThat(again).singleElement().satisfies(call -> {
            assertThat(call.fromCache()).isTrue();
            assertThat(call.costUsd()).isZero();
            assertThat(call.response()).contains("FINE");
        });

        clock.advance(Duration.ofHours(2));
        agent.notes = List.of(new NoteAgent.Note("third", "1", "the same"));
        run(caching);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void asks_each_time_where_caching_is_off() {
        var agent = Asking.about("said twice", model);
        run(agent.in(Mode.SHADOW));
        agent.notes = List.of(new NoteAgent.Note("other", "1", "said twice"));
        run(agent.in(Mode.SHADOW));

        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void keeps_to_the_time_that_a_server_asks_for() {
        server.answerInTurn(aResponse().withStatus(429).withHeader("Retry-After", "2"), completion(FINE));
        var agent = Asking.about(1, model);

        var end = run(agent.in(Mode.SHADOW));

        assertThat(end.outcome()).isEqualTo(RunOutcome.COMPLETED);
        var calls = calls(agent);
        assertThat(calls).hasSize(2);
        assertThat(calls.get(1).attempt()).isEqualTo(2);
        assertThat(Duration.between(calls.get(0).calledAt(), calls.get(1).calledAt()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(1_900));
    }

    @Test
    void masks_secrets_in_what_it_keeps_but_not_in_what_it_asks() {
        var agent = Asking.about("My key is sk-abcdefghijklmnop1234 and I am jo@example.com.", model);

        run(agent.in(Mode.SHADOW));

        assertThat(server.lastRequest()).contains("sk-abcdefghijklmnop1234");
        assertThat(calls(agent).get(0).request())
                .doesNotContain("sk-abcdefghijklmnop1234")
                .contains("[secret]", "jo@example.com");
    }

    private RunEnd run(RegisteredAgent<?, ?> agent) {
        return runner.run(agent).end();
    }

    private BigDecimal cost(NoteAgent agent) {
        return allCalls(agent).stream()
                .map(call -> Objects.requireNonNull(call.costUsd()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Entry only(NoteAgent agent) {
        return journal.entries(agent.spec().name(), null, 2).get(0);
    }

    private List<Entry> entries(NoteAgent agent, EntryState state) {
        return journal.entries(agent.spec().name(), state, 1_000);
    }

    private List<ModelCall> calls(NoteAgent agent) {
        return journal.callsOf(only(agent).id());
    }

    private List<ModelCall> allCalls(NoteAgent agent) {
        return journal.runs(agent.spec().name(), 10).stream()
                .flatMap(run -> journal.callsOfRun(run.id(), 1_000).stream())
                .toList();
    }
}
