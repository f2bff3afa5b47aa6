package dev.drydock.tool;

import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static dev.drydock.model.ModelServer.completion;
import static dev.drydock.model.ModelServer.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.ProposedCall.State;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tools that change the world, called by a model over HTTP. */
@QuarkusTest
@WithTestResource(Servers.class)
class SideEffectTest extends OperatorFixture {

    @Test
    void are_written_down_and_not_called_in_shadow_mode() {
        server.answerInTurn(toolCall("light", "{\"room\":\"hall\"}"), completion("done"));

        runner.run(agent.in(Mode.SHADOW));

        assertThat(levers.pulled()).isEmpty();
        assertThat(effect().state()).isEqualTo(State.RECORDED);
        assertThat(effect().arguments()).contains("hall");
        assertThat(server.lastRequest()).contains("Written down");
        assertThat(entry().label()).isEqualTo("done");
        assertThat(entry().state()).isEqualTo(EntryState.SHADOWED);
    }

    @Test
    void of_low_risk_are_called_once_however_often_the_entry_is_decided() {
        server.answerInTurn(
                toolCall("light", "{\"room\":\"hall\"}"),
                serverError(),
                toolCall("light", "{\"room\":\"hall\"}"),
                completion("done"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(entry().label()).isEqualTo("done");
        assertThat(levers.pulled()).containsExactly("light hall");
        assertThat(effect().state()).isEqualTo(State.DONE);
        assertThat(server.lastRequest()).contains("the light is on in the hall");
    }

    @Test
    void of_medium_risk_are_limited_in_an_hour_and_the_entry_waits() {
        var rooms = IntStream.range(0, 23).mapToObj(String::valueOf).toArray(String[]::new);
        var agent = new NoteAgent(rooms);
        agent.decide = note -> new Verdict(operator.operate("open " + note.id()));
        server.answerContent("done"); // once the tool has answered
        server.answerFirst(toolCall("window", "{\"room\":\"any\"}"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).hasSize(20);
        assertThat(journal.entries(agent.spec().name(), EntryState.ADMITTED, 100))
                .allSatisfy(entry -> assertThat(entry.attempts()).isZero());
    }

    @Test
    void of_high_risk_wait_for_a_person_and_are_called_once_approved() {
        server.answerInTurn(
                toolCall("sell", "{\"house\":\"number 7\"}"),
                completion("sold, I hope"),
                toolCall("sell", "{\"house\":\"number 7\"}"),
                completion("sold"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).isEmpty();
        assertThat(entry().state()).isEqualTo(EntryState.HELD);
        assertThat(entry().label()).isEqualTo("sold, I hope");
        assertThat(effect().state()).isEqualTo(State.WAITING);

        assertThat(review.approve(entry().id())).isTrue();
        assertThat(review.approve(entry().id())).isFalse(); // a second click
        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).containsExactly("sell number 7");
        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
        assertThat(entry().label()).isEqualTo("sold");
    }

    @Test
    void that_cannot_be_undone_are_refused_and_end_the_deciding() {
        server.answerInTurn(toolCall("launch", "{\"rocket\":\"one\"}"), completion("launched"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).isEmpty();
        assertThat(server.requests()).isEqualTo(1);
        assertThat(entry().state()).isEqualTo(EntryState.HELD);
        assertThat(entry().decision()).isNull();
        assertThat(effect().state()).isEqualTo(State.WAITING);

        server.answerInTurn(toolCall("launch", "{\"rocket\":\"one\"}"), completion("launched"));
        review.approve(entry().id());
        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).containsExactly("launch one");
        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
    }
}
