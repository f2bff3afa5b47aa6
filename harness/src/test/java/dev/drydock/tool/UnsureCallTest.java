package dev.drydock.tool;

import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static dev.drydock.model.ModelServer.completion;
import static dev.drydock.model.ModelServer.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.agent.NotDoneException;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.ProposedCall.State;
import dev.drydock.journal.ReviewEntries.Unsure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Tool calls that were begun, and of which nobody knows whether they were made. */
@QuarkusTest
@WithTestResource(Servers.class)
class UnsureCallTest extends OperatorFixture {

    @Test
    void that_a_crash_cut_off_waits_for_a_person_before_the_model_is_asked_again() {
        approvedSale();
        cutOff();
        server.answerContent("I sold nothing");
        server.forget();

        runner.run(agent.in(Mode.LIVE));

        assertThat(entry().state()).isEqualTo(EntryState.HELD);
        assertThat(entry().holdReason()).isEqualTo(HoldReason.UNSURE);
        assertThat(entry().fault()).contains("Levers.sell", "the process ended before the tool returned");
        assertThat(effect().state()).isEqualTo(State.UNSURE);
        assertThat(effect().startedAt()).isNotNull();
        assertThat(server.requests()).isZero();
        assertThat(agent.delivered).isEmpty();
    }

    @Test
    void is_not_approved_like_one_that_was_never_made() {
        approvedSale();
        cutOff();
        runner.run(agent.in(Mode.LIVE));

        assertThat(review.approve(entry().id())).isFalse();

        assertThat(entry().state()).isEqualTo(EntryState.HELD);
        assertThat(effect().state()).isEqualTo(State.UNSURE);
    }

    @Test
    void is_made_again_once_a_person_has_said_so() {
        approvedSale();
        cutOff();
        runner.run(agent.in(Mode.LIVE));
        server.answerContent("sold");

        assertThat(review.approve(entry().id(), Unsure.AGAIN)).isTrue();
        assertThat(review.approve(entry().id(), Unsure.AGAIN)).isFalse(); // a second click
        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).containsExactly("sell number 7");
        assertThat(effect().state()).isEqualTo(State.DONE);
        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
    }

    @Test
    void is_told_to_the_model_as_made_once_a_person_has_found_that_it_was() {
        approvedSale();
        cutOff();
        runner.run(agent.in(Mode.LIVE));
        server.answerContent("sold");

        assertThat(review.approve(entry().id(), Unsure.MADE)).isTrue();
        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).isEmpty();
        assertThat(server.lastRequest()).contains("Done. A person has checked it.");
        assertThat(effect().state()).isEqualTo(State.DONE);
        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
    }

    @Test
    void stays_so_when_a_person_rejects_the_entry() {
        approvedSale();
        cutOff();
        runner.run(agent.in(Mode.LIVE));

        assertThat(review.reject(entry().id())).isTrue();

        assertThat(effect().state()).isEqualTo(State.UNSURE);
    }

    @Test
    void that_failed_after_it_acted_is_not_made_again_and_ends_the_deciding() {
        for (var tool : new String[] {"light", "window"}) {
            levers.reset();
            server.forget();
            levers.failNext(new IllegalStateException("read timed out"));
            var room = "{\"room\":\"hall\"}";
            server.answerInTurn(toolCall(tool, room), toolCall(tool, room), completion("done"));
            var other = new NoteAgent("a");
            other.decide = agent.decide;

            runner.run(other.in(Mode.LIVE));
            runner.run(other.in(Mode.LIVE));

            var entry = journal.entries(other.spec().name(), null, 1).get(0);
            assertThat(levers.pulled()).containsExactly(tool + " hall");
            assertThat(server.requests()).isEqualTo(1);
            assertThat(entry.holdReason()).isEqualTo(HoldReason.UNSURE);
            assertThat(sideEffects.of(entry.id()).get(0).result()).contains("read timed out");
        }
    }

    @Test
    void is_made_again_by_itself_if_it_is_idempotent() {
        server.answerInTurn(toolCall("coal", "{\"cellar\":\"left\"}"), serverError());
        runner.run(agent.in(Mode.LIVE));
        sideEffects.move(effect().id(), State.DONE, State.STARTED, null); // as a crash would leave it
        server.answerContent("done");

        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).containsExactly("coal left", "coal left");
        assertThat(effect().state()).isEqualTo(State.DONE);
        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
    }

    @Test
    void that_is_idempotent_and_failed_is_told_to_the_model() {
        levers.failNext(new IllegalStateException("read timed out"));
        server.answerInTurn(
                toolCall("coal", "{\"cellar\":\"left\"}"),
                toolCall("coal", "{\"cellar\":\"left\"}"),
                completion("done"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(server.bodies().get(1)).contains("read timed out");
        assertThat(levers.pulled()).containsExactly("coal left", "coal left");
        assertThat(effect().state()).isEqualTo(State.DONE);
    }

    @Test
    void is_not_one_whose_tool_says_that_it_changed_nothing() {
        levers.failNext(new NotDoneException("There is no hall"));
        server.answerInTurn(
                toolCall("light", "{\"room\":\"hall\"}"),
                toolCall("light", "{\"room\":\"kitchen\"}"),
                completion("done"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(server.bodies().get(1)).contains("There is no hall");
        assertThat(levers.pulled()).containsExactly("light hall", "light kitchen");
        assertThat(sideEffects.of(entry().id()))
                .extracting(ProposedCall::state)
                .containsExactly(State.FAILED, State.DONE);
        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
    }

    /** Approved, and not made yet. */
    private void approvedSale() {
        server.answerInTurn(toolCall("sell", "{\"house\":\"number 7\"}"), completion("sold, I hope"));
        runner.run(agent.in(Mode.LIVE));
        assertThat(review.approve(entry().id())).isTrue();
    }

    /** As a crash leaves it: the call is begun, the run that made it is over. */
    private void cutOff() {
        assertThat(sideEffects.move(effect().id(), State.APPROVED, State.STARTED, null))
                .isTrue();
    }
}
