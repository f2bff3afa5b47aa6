package dev.drydock.journal;

import static dev.drydock.journal.EntryState.DELIVERED;
import static dev.drydock.journal.EntryState.HELD;
import static dev.drydock.journal.EntryState.PENDING;
import static dev.drydock.journal.EntryState.REJECTED;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Expectation;
import dev.drydock.agent.Mode;
import dev.drydock.outbox.Outbox;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A click of the review queue can be taken back for ten seconds; nothing is sent before. */
@QuarkusTest
class UndoableReviewsTest {

    @Inject
    AgentRunner runner;

    @Inject
    Outbox outbox;

    @Inject
    UndoableReviews reviews;

    @Inject
    ReviewQueue queue;

    @Inject
    HeldRuns heldRuns;

    @Inject
    EntryDetails details;

    @Inject
    JournalQueries journal;

    @Inject
    MovableClock clock;

    private final NoteAgent agent = new NoteAgent("a", "b", "c");

    @Test
    void sends_what_was_approved_when_it_can_no_longer_be_undone() throws Exception {
        var click = reviews.approve(List.of(held().get(0)));

        assertThat(deliver()).isZero();
        assertThat(queue.recent(click.entries().get(0)))
                .hasValueSatisfying(recent -> assertThat(recent.click()).isEqualTo(click.id()));

        clock.advance(UndoableReviews.UNDO);
        assertThat(reviews.undo(click.id())).isEmpty();
        assertThat(deliver()).isEqualTo(1);
        assertThat(state(click.entries().get(0))).isEqualTo(DELIVERED);
    }

    @Test
    void has_what_was_undone_wait_again_as_before() throws Exception {
        var entry = held().get(0);
        var click = reviews.approve(List.of(entry));

        assertThat(reviews.undo(click.id())).containsExactly(entry);
        clock.advance(UndoableReviews.UNDO);

        assertThat(deliver()).isZero();
        assertThat(journal.entry(entry)).hasValueSatisfying(one -> {
            assertThat(one.state()).isEqualTo(HELD);
            assertThat(one.holdReason()).isEqualTo(HoldReason.REVIEW);
        });
        assertThat(reviews.undo(click.id())).as("a second time").isEmpty();
    }

    @Test
    void takes_back_a_rejection_and_nothing_that_somebody_did_since() {
        var entries = held();
        var click = reviews.reject(entries);
        assertThat(click.entries()).hasSameElementsAs(entries);
        assertThat(state(entries.get(0))).isEqualTo(REJECTED);

        var other = reviews.reject(entries);
        assertThat(other.entries()).as("somebody was first").isEmpty();

        assertThat(reviews.undo(click.id())).hasSameElementsAs(entries);
        assertThat(state(entries.get(0))).isEqualTo(HELD);
    }

    @Test
    void has_a_person_approve_several_of_which_some_are_gone() {
        var entries = held();
        reviews.reject(List.of(entries.get(1)));

        assertThat(reviews.approve(entries).entries()).containsExactlyInAnyOrder(entries.get(0), entries.get(2));
    }

    @Test
    void keeps_what_was_decided_beside_what_a_person_made_of_it() throws Exception {
        var entry = held().get(0);

        var click = reviews.approveEdited(entry, "{\"label\":\"better\"}", "better");
        reviews.undo(click.id());
        reviews.approveEdited(entry, "{\"label\":\"best\"}", "best");

        assertThat(journal.entry(entry)).hasValueSatisfying(one -> {
            assertThat(one.state()).isEqualTo(PENDING);
            assertThat(one.label()).isEqualTo("best");
        });
        assertThat(details.of(entry)).hasValueSatisfying(one -> {
            assertThat(one.original()).contains("fine");
            assertThat(one.originalLabel()).isEqualTo("fine");
        });
    }

    @Test
    void takes_back_the_approval_of_all_outputs_of_a_run() throws Exception {
        agent.expectations = List.of(Expectation.items(10, 20));
        var run = requireNonNull(runner.run(agent.in(Mode.LIVE)).runId());
        assertThat(heldRuns.waiting(agent.spec().name(), HoldReason.HOLLOW)).hasSize(1);

        var click = reviews.approveRun(run);
        assertThat(click.entries()).hasSize(3);
        assertThat(deliver()).isZero();
        assertThat(heldRuns.waiting(agent.spec().name(), HoldReason.HOLLOW)).isEmpty();

        assertThat(reviews.undo(click.id())).hasSize(3);
        assertThat(heldRuns.waiting(agent.spec().name(), HoldReason.HOLLOW)).hasSize(1);

        reviews.approveRun(run);
        clock.advance(UndoableReviews.UNDO);
        assertThat(deliver()).isEqualTo(3);
    }

    @Test
    void shows_what_waits_a_page_at_a_time_the_oldest_first() {
        var entries = held();
        var name = agent.spec().name();

        var first = queue.page(name, ReviewQueue.FROM_THE_START, 2);
        var second = queue.page(name, first.get(1).id(), 2);

        assertThat(first).extracting(ReviewQueue.Waiting::id).containsExactly(entries.get(0), entries.get(1));
        assertThat(second).extracting(ReviewQueue.Waiting::id).containsExactly(entries.get(2));
        assertThat(second.get(0).decision()).contains("fine");
    }

    private List<UUID> held() {
        var run = requireNonNull(runner.run(agent.in(Mode.REVIEW)).runId());
        return journal.entriesOf(run, 10).stream().map(Entry::id).toList();
    }

    private int deliver() throws InterruptedException {
        return outbox.deliver(agent.in(Mode.LIVE), Optional.empty()).delivered();
    }

    private EntryState state(UUID entry) {
        return journal.entry(entry).orElseThrow().state();
    }
}
