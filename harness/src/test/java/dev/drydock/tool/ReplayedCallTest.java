package dev.drydock.tool;

import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static dev.drydock.model.ModelServer.completion;
import static dev.drydock.model.ModelServer.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent.Verdict;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.ProposedCall.State;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Entries that are decided again: the calls of the first attempt are made once, and in the words of the first. */
@QuarkusTest
@WithTestResource(Servers.class)
class ReplayedCallTest extends OperatorFixture {

    @Test
    void is_the_same_in_other_words() {
        agent.decide = note -> new Verdict(operator.operate(note.text() + agent.decided.size() + System.nanoTime()));
        server.answerInTurn(
                toolCall("light", "{\"room\":\"hall\"}"),
                serverError(), // the attempt that follows asks something else, so that its answers are new
                toolCall("light", "{\"room\":\"the hall\"}"),
                completion("done"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).containsExactly("light hall");
        assertThat(server.lastRequest()).contains("Made before", "the light is on in the hall");
        assertThat(entry().label()).isEqualTo("done");
    }

    @Test
    void takes_its_words_from_the_first_attempt() {
        server.answerInTurn(toolCall("light", "{\"room\":\"hall\"}"), serverError(), completion("done"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(server.requests()).isEqualTo(3);
        assertThat(levers.pulled()).containsExactly("light hall");
        assertThat(journal.callsOf(entry().id()))
                .extracting(call -> call.route().why())
                .containsExactly("standard", "standard", "replay", "standard");
    }

    @Test
    void takes_its_words_from_an_attempt_in_an_earlier_run() {
        server.answerInTurn(toolCall("light", "{\"room\":\"hall\"}"), serverError());
        runner.run(agent.in(Mode.LIVE));
        assertThat(entry().state()).isEqualTo(EntryState.ADMITTED);
        server.answerInTurn(completion("done"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).containsExactly("light hall");
        assertThat(server.lastRequest()).contains("the light is on in the hall");
        assertThat(entry().label()).isEqualTo("done");
    }

    @Test
    void is_another_one_if_the_attempt_makes_two() {
        server.answerInTurn(
                toolCall("light", "{\"room\":\"hall\"}"),
                toolCall("light", "{\"room\":\"kitchen\"}"),
                serverError(),
                completion("done"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).containsExactly("light hall", "light kitchen");
        assertThat(server.requests()).isEqualTo(4);
    }

    @Test
    void needs_another_approval_if_it_has_other_arguments() {
        agent.decide = note -> new Verdict(operator.operate(note.text() + System.nanoTime()));
        server.answerInTurn(toolCall("sell", "{\"house\":\"number 7\"}"), completion("sold, I hope"));
        runner.run(agent.in(Mode.LIVE));
        assertThat(review.approve(entry().id())).isTrue();
        server.answerInTurn(toolCall("sell", "{\"house\":\"number 8\"}"), completion("sold"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).isEmpty();
        assertThat(entry().holdReason()).isEqualTo(HoldReason.APPROVAL);
        assertThat(effect().arguments()).contains("number 8");
        assertThat(effect().state()).isEqualTo(State.WAITING);
    }

    @Test
    void is_withdrawn_if_the_model_does_not_want_it_any_more() {
        agent.decide = note -> new Verdict(operator.operate(note.text() + System.nanoTime()));
        server.answerInTurn(toolCall("sell", "{\"house\":\"number 7\"}"), completion("sold, I hope"));
        runner.run(agent.in(Mode.LIVE));
        assertThat(review.approve(entry().id())).isTrue();
        server.answerContent("better not");

        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).isEmpty();
        assertThat(effect().state()).isEqualTo(State.WITHDRAWN);
        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
    }

    @Test
    void that_waits_is_told_to_the_model_also_for_a_tool_that_returns_nothing() {
        server.answerInTurn(toolCall("ring", "{\"bell\":\"one\"}"), completion("done"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(server.lastRequest())
                .contains("waits for a person's approval")
                .doesNotContain("Success");
        assertThat(levers.pulled()).isEmpty();
    }
}
