package dev.drydock.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.drydock.model.ModelServer.completion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import dev.drydock.tool.Operator;
import dev.langchain4j.model.chat.ChatModel;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which model answers, and when nobody does. */
@QuarkusTest
@WithTestResource(Servers.class)
class RouteTest {

    private static final String FINE = "{\"mood\":\"FINE\",\"why\":\"it is\"}";

    @ModelServer.Inject
    ModelServer server;

    @Inject
    ChatModel model;

    @Inject
    Door door;

    @Inject
    Operator operator;

    @BeforeEach
    void start_anew() {
        door.closeCircuits();
        server.answerContent(FINE);
        server.forget();
    }

    @Test
    void asks_the_cheap_model_where_a_call_site_says_so() {
        server.answerContent("done");
        var agent = new NoteAgent("a");
        agent.decide = note -> new Verdict(operator.sort(note.text()));

        door.run(agent.in(Mode.SHADOW));

        assertThat(server.lastRequest()).contains("\"mock-cheap\"");
        assertThat(door.calls(agent).get(0).route().why()).isEqualTo("cheap");
        assertThat(door.calls(agent).get(0).prompt().name()).isEqualTo("Operator.sort");
        assertThat(door.calls(agent).get(0).costUsd()).isEqualByComparingTo("0.000017"); // at its own price
    }

    @Test
    void asks_the_fallback_while_the_circuit_is_open_and_says_so() {
        server.answerModel("mock-1", aResponse().withStatus(503));
        var agent = Asking.about(60, model);

        door.run(agent.in(Mode.SHADOW));
        door.run(agent.in(Mode.SHADOW));

        assertThat(door.entries(agent, EntryState.SHADOWED)).hasSize(60);
        assertThat(door.allCalls(agent))
                .filteredOn(call -> call.fault() == null)
                .allSatisfy(call -> {
                    assertThat(call.route().asked()).isEqualTo("mock-fallback");
                    assertThat(call.route().why()).contains("the circuit breaker of mock-1 is open");
                    assertThat(call.costUsd()).isNull(); // nobody has said what it costs
                });
    }

    @Test
    void asks_nobody_once_all_circuits_are_open_and_blames_no_entry() {
        server.fail(500);
        var agent = Asking.about(400, model);

        var end = door.run(agent.in(Mode.SHADOW));

        assertThat(end.skipReason()).isEqualTo(SkipReason.MODEL_DOWN);
        assertThat(server.requests()).isLessThan(120);
        assertThat(door.entries(agent, EntryState.ADMITTED))
                .hasSize(400)
                .allSatisfy(entry -> assertThat(entry.attempts()).isZero());
        assertThat(door.run(Asking.about(1, model).in(Mode.SHADOW)).fault())
                .as("what opened them")
                .containsSubsequence(
                        "the model server failed (500)",
                        "; the circuit breakers of all models are open, the last one that of mock-fallback");
    }

    @Test
    void keeps_to_the_time_that_a_server_asks_for() {
        server.answerInTurn(aResponse().withStatus(429).withHeader("Retry-After", "2"), completion(FINE));
        var agent = Asking.about(1, model);

        var end = door.run(agent.in(Mode.SHADOW));

        assertThat(end.outcome()).isEqualTo(RunOutcome.COMPLETED);
        var calls = door.calls(agent);
        assertThat(calls).hasSize(2);
        assertThat(calls.get(1).attempt()).isEqualTo(1); // a refusal for now is no attempt of the entry
        assertThat(Duration.between(calls.get(0).calledAt(), calls.get(1).calledAt()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(1_900));
    }
}
