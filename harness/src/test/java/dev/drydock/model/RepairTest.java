package dev.drydock.model;

import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static dev.drydock.model.ModelServer.completion;
import static dev.drydock.model.ModelServer.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.RunOutcome;
import dev.langchain4j.model.chat.ChatModel;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions that are too long, and answers that cannot be used. */
@QuarkusTest
@WithTestResource(Servers.class)
class RepairTest {

    private static final String FINE = "{\"mood\":\"FINE\",\"why\":\"it is\"}";

    @ModelServer.Inject
    ModelServer server;

    @Inject
    ChatModel model;

    @Inject
    Door door;

    @BeforeEach
    void start_anew() {
        door.closeCircuits();
        server.answerContent(FINE);
        server.forget();
    }

    @Test
    void cuts_a_long_text_to_what_the_model_takes_and_keeps_the_instructions_and_both_ends() {
        var agent = Asking.about("The beginning. " + "Words and more words. ".repeat(5_000) + "The end.", model);

        door.run(agent.in(Mode.SHADOW));

        assertThat(server.lastRequest())
                .contains(Asking.INSTRUCTIONS, "The beginning.", "The end.", "characters were left out here");
        assertThat(door.only(agent).tokensCut()).isGreaterThan(10_000);
        assertThat(door.calls(agent))
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

        var end = door.run(agent.in(Mode.SHADOW));

        assertThat(end.outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(server.bodies()).hasSize(3);
        assertThat(server.bodies().get(2))
                .hasSizeLessThan(server.bodies().get(0).length());
        assertThat(door.only(agent).tokensCut()).isPositive();
    }

    @Test
    void asks_again_for_what_is_no_json_naming_the_fault() {
        server.answerInTurn(completion("It is fine."), completion(FINE));
        var agent = Asking.about(1, model);

        door.run(agent.in(Mode.SHADOW));

        assertThat(door.only(agent).state()).isEqualTo(EntryState.SHADOWED);
        assertThat(server.bodies()).hasSize(2);
        assertThat(server.bodies().get(1)).contains("It is fine.", "cannot be used: the answer is no JSON");
        assertThat(door.calls(agent)).hasSize(2);
    }

    @Test
    void asks_again_for_missing_fields_and_unknown_values() {
        server.answerInTurn(
                completion("{\"mood\":\"FINE\"}"),
                completion("{\"mood\":\"SO-SO\",\"why\":\"it is\"}"),
                completion(FINE));
        var agent = Asking.about(1, model);

        door.run(agent.in(Mode.SHADOW));

        assertThat(door.only(agent).label()).isEqualTo(FINE);
        assertThat(server.bodies().get(1)).contains("'why'");
        assertThat(server.bodies().get(2)).contains("FINE", "BAD", "enumeration");
    }

    @Test
    void takes_the_json_out_of_what_surrounds_it_without_asking_again() {
        server.answerContent("<think>Is it FINE?</think>It is:\n```json\n" + FINE + "\n```\nI am sure.");
        var agent = Asking.about(1, model);

        door.run(agent.in(Mode.SHADOW));

        assertThat(door.only(agent).label()).isEqualTo(FINE);
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void gives_up_after_two_repairs_with_a_reason_and_retries_nothing() {
        server.answerContent("{\"mood\":\"GRAND\",\"why\":\"it is\"}");
        var agent = Asking.about(1, model);

        door.run(agent.in(Mode.SHADOW));

        assertThat(door.only(agent).state()).isEqualTo(EntryState.ADMITTED);
        assertThat(door.only(agent).fault()).startsWith("UnusableAnswerException: UNKNOWN_VALUE");
        assertThat(door.only(agent).attempts()).isEqualTo(1);
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void asks_once_more_with_four_times_the_tokens_for_an_answer_that_was_cut_off() {
        server.answerInTurn(
                message("{\"role\": \"assistant\", \"content\": \"{\\\"mood\\\":\\\"FI\"}", "length"),
                completion(FINE));
        var agent = Asking.about(1, model);

        door.run(agent.in(Mode.SHADOW));

        assertThat(door.only(agent).label()).isEqualTo(FINE);
        assertThat(server.bodies()).hasSize(2);
        assertThat(server.bodies().get(1)).doesNotContain("FI\\").contains("\"max_tokens\":1000");
    }

    @Test
    void takes_no_answer_that_was_cut_off_twice_for_a_decision() {
        server.answerContent(FINE);
        server.answerInTurn(message(
                "{\"role\": \"assistant\", \"content\": \"{\\\"mood\\\":\\\"FINE\\\",\\\"why\\\":\\\"it\\\"}\"}",
                "length"));
        var agent = Asking.about(1, model);

        door.run(agent.in(Mode.SHADOW));

        assertThat(door.only(agent).fault()).startsWith("UnusableAnswerException: CUT_OFF");
        assertThat(server.requests()).isEqualTo(2);
    }
}
