package dev.drydock.tool;

import static dev.drydock.model.ModelServer.completion;
import static dev.drydock.model.ModelServer.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.console.page.Browser;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.ProposedCall.State;
import dev.drydock.journal.UndoableReviews;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tool calls in review mode: a person approves them, they are made, and the entry is decided with their results. */
@QuarkusTest
@WithTestResource(Servers.class)
class ReviewedCallTest extends OperatorFixture {

    @Inject
    UndoableReviews reviews;

    @Inject
    MovableClock clock;

    @Test
    void is_what_the_person_approves() {
        propose("light", "{\"room\":\"hall\"}", "done");

        assertThat(levers.pulled()).isEmpty();
        assertThat(server.lastRequest()).contains("Written down");
        assertThat(effect().state()).isEqualTo(State.WAITING);
        assertThat(entry().state()).isEqualTo(EntryState.HELD);
        assertThat(entry().holdReason()).isEqualTo(HoldReason.APPROVAL);
        assertThat(entry().label()).isEqualTo("done");
    }

    @Test
    void is_made_before_its_entry_is_decided_again_and_delivered() {
        propose("light", "{\"room\":\"hall\"}", "done");

        assertThat(review.approve(entry().id())).isTrue();
        assertThat(agent.delivered).isEmpty();
        runner.run(agent.in(Mode.REVIEW));

        assertThat(levers.pulled()).containsExactly("light hall");
        assertThat(server.lastRequest()).contains("the light is on in the hall");
        assertThat(effect().state()).isEqualTo(State.DONE);
        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED); // a person approved these very words
    }

    @Test
    void is_what_the_queue_says_that_an_approval_does() {
        propose("light", "{\"room\":\"hall\"}", "done");

        assertThat(Browser.load("/review?agent=" + agent.spec().name()).asString())
                .contains("On approval: Does this: light (room hall). Then it is decided again, with the result.");
    }

    @Test
    void waits_while_its_approval_can_be_undone() {
        propose("light", "{\"room\":\"hall\"}", "done");
        var click = reviews.approve(List.of(entry().id()));

        runner.run(agent.in(Mode.REVIEW));
        assertThat(levers.pulled()).isEmpty();
        assertThat(reviews.undo(click.id())).hasSize(1);

        clock.advance(UndoableReviews.UNDO);
        runner.run(agent.in(Mode.REVIEW));
        assertThat(levers.pulled()).isEmpty();
        assertThat(effect().state()).isEqualTo(State.WAITING);
        assertThat(entry().holdReason()).isEqualTo(HoldReason.APPROVAL);

        reviews.approve(List.of(entry().id()));
        clock.advance(UndoableReviews.UNDO);
        runner.run(agent.in(Mode.REVIEW));
        assertThat(levers.pulled()).containsExactly("light hall");
    }

    @Test
    void whose_result_changes_the_decision_has_it_approved_again() {
        propose("sell", "{\"house\":\"number 7\"}", "sold, I hope");
        server.answerContent("not sold");

        assertThat(review.approve(entry().id())).isTrue();
        runner.run(agent.in(Mode.REVIEW));

        assertThat(levers.pulled()).containsExactly("sell number 7");
        assertThat(entry().label()).isEqualTo("not sold");
        assertThat(entry().state()).isEqualTo(EntryState.HELD);
        assertThat(entry().holdReason()).isEqualTo(HoldReason.REVIEW);
        assertThat(agent.delivered).isEmpty();

        assertThat(review.approve(entry().id())).isTrue();
        runner.run(agent.in(Mode.REVIEW));

        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
        assertThat(levers.pulled()).containsExactly("sell number 7");
    }

    @Test
    void of_several_are_all_made_first() {
        server.answerInTurn(
                toolCall("light", "{\"room\":\"hall\"}"),
                toolCall("window", "{\"room\":\"hall\"}"),
                toolCall("launch", "{\"rocket\":\"one\"}"),
                completion("done"));
        runner.run(agent.in(Mode.REVIEW));
        assertThat(levers.pulled()).isEmpty();
        server.forget();

        assertThat(review.approve(entry().id())).isTrue();
        runner.run(agent.in(Mode.REVIEW));

        assertThat(levers.pulled()).containsExactly("light hall", "window hall", "launch one");
        assertThat(server.requests()).isEqualTo(1);
        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
    }

    @Test
    void that_failed_after_it_acted_waits_as_unsure() {
        propose("light", "{\"room\":\"hall\"}", "done");
        levers.failNext(new IllegalStateException("read timed out"));
        assertThat(review.approve(entry().id())).isTrue();

        runner.run(agent.in(Mode.REVIEW));

        assertThat(entry().holdReason()).isEqualTo(HoldReason.UNSURE);
        assertThat(agent.delivered).isEmpty();
    }

    @Test
    void is_not_made_if_the_person_rejects_it() {
        propose("light", "{\"room\":\"hall\"}", "done");

        assertThat(review.reject(entry().id())).isTrue();
        runner.run(agent.in(Mode.REVIEW));

        assertThat(levers.pulled()).isEmpty();
        assertThat(effect().state()).isEqualTo(State.WITHDRAWN);
        assertThat(entry().state()).isEqualTo(EntryState.REJECTED);
    }

    @Test
    void that_was_approved_is_not_made_in_shadow_mode() {
        propose("light", "{\"room\":\"hall\"}", "done");
        assertThat(review.approve(entry().id())).isTrue();

        runner.run(agent.in(Mode.SHADOW));

        assertThat(levers.pulled()).isEmpty();
        assertThat(effect().state()).isEqualTo(State.RECORDED);
        assertThat(entry().state()).isEqualTo(EntryState.SHADOWED);
    }

    private void propose(String tool, String arguments, String decision) {
        server.answerInTurn(toolCall(tool, arguments), completion(decision));
        runner.run(agent.in(Mode.REVIEW));
    }
}
