package dev.drydock.journal;

import static dev.drydock.journal.EntryState.ADMITTED;
import static dev.drydock.journal.EntryState.DELIVERED;
import static dev.drydock.journal.EntryState.HELD;
import static dev.drydock.journal.EntryState.PENDING;
import static dev.drydock.journal.EntryState.POISONED;
import static dev.drydock.journal.EntryState.REJECTED;
import static dev.drydock.journal.EntryState.SHADOWED;
import static dev.drydock.journal.EntryState.UNDELIVERABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.agent.Receipt;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.config.DeliveryGuarantee;
import dev.drydock.journal.ReturnEntries.Found;
import dev.drydock.journal.ReturnEntries.Return;
import dev.drydock.journal.ReturnEntries.Selection;
import dev.drydock.outbox.Outbox;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries that a fault of the deployment set aside come back when it is mended. */
@QuarkusTest
class ReturnEntriesTest {

    @Inject
    AgentRunner runner;

    @Inject
    Outbox outbox;

    @Inject
    ReturnEntries returns;

    @Inject
    ReviewEntries review;

    @Inject
    JournalQueries journal;

    @Inject
    MovableClock clock;

    @Inject
    CircuitBreakerMaintenance circuits;

    private final NoteAgent agent =
            new NoteAgent(IntStream.range(0, 20).mapToObj(String::valueOf).toArray(String[]::new));

    @BeforeEach
    void close_circuits() {
        circuits.resetAll();
    }

    @Test
    void are_decided_again_with_all_their_attempts_and_keep_their_history() {
        poison("402 Payment Required");
        var selection = select(null, null);
        assertThat(returns.count(selection)).isEqualTo(new Found(Map.of(POISONED, 20), 0));

        assertThat(returns.retry(selection, Mode.SHADOW)).isEqualTo(20);

        assertThat(entries(ADMITTED)).hasSize(20).allSatisfy(entry -> {
            assertThat(entry.attempts()).isZero();
            assertThat(entry.fault()).isNull();
            assertThat(journal.returnsOf(entry.id()))
                    .singleElement()
                    .extracting(Return::state, Return::fault, Return::attempts)
                    .containsExactly("POISONED", "IllegalStateException: 402 Payment Required", 3);
        });
        agent.decide = note -> {
            throw new IllegalStateException("once more");
        };
        runner.run(agent.in(Mode.SHADOW));
        assertThat(entries(ADMITTED)).hasSize(20);
        agent.decide = note -> new Verdict("fine");
        runner.run(agent.in(Mode.SHADOW));
        assertThat(entries(SHADOWED)).hasSize(20);
    }

    @Test
    void are_chosen_by_state_time_and_fault() {
        poison("402 Payment Required");
        clock.advance(Duration.ofDays(2));
        var since = clock.instant();
        agent.notes = List.of(new Note("late"));
        poison("another FAULT");

        assertThat(returns.count(select(null, null)).total()).isEqualTo(21);
        assertThat(returns.count(select(since, null)).total()).isEqualTo(1);
        assertThat(returns.count(select(null, "another fault")).total()).isEqualTo(1);
        assertThat(returns.count(select(null, "100%")).total()).isZero();
        assertThat(returns.retry(select(since, "402"), Mode.SHADOW)).isZero();
        assertThat(returns.retry(select(null, "402"), Mode.SHADOW)).isEqualTo(20);
        assertThat(entries(POISONED)).hasSize(1);
        assertThat(returns.count(select(null, "another fault", UNDELIVERABLE)).total())
                .isZero();
    }

    @Test
    void are_delivered_again_in_live_mode_with_as_many_attempts_as_at_first() throws Exception {
        agent.notes = List.of(new Note("a"));
        refuse();

        assertThat(returns.retry(select(null, null), Mode.LIVE)).isEqualTo(1);
        agent.deliver = note -> {
            throw new IOException("503");
        };
        for (int attempt = 1; attempt < 20; attempt++) {
            circuits.resetAll();
            outbox.deliver(agent.in(Mode.LIVE), Optional.empty());
            clock.advance(Duration.ofHours(2));
        }
        assertThat(entries(PENDING)).hasSize(1);
        circuits.resetAll();
        outbox.deliver(agent.in(Mode.LIVE), Optional.empty());

        assertThat(entries(UNDELIVERABLE)).hasSize(1);
        assertThat(journal.deliveriesOf(entries(UNDELIVERABLE).get(0).id())).hasSize(21);
    }

    @Test
    void wait_for_a_person_where_the_mode_is_not_live_any_more() throws Exception {
        agent.notes = List.of(new Note("a"));
        refuse();

        assertThat(returns.retry(select(null, null), Mode.REVIEW)).isEqualTo(1);

        agent.deliver = note -> new Receipt("sent");
        assertThat(outbox.deliver(agent.in(Mode.REVIEW), Optional.empty()).delivered())
                .isZero();
        review.approve(entries(HELD).get(0).id());
        assertThat(outbox.deliver(agent.in(Mode.REVIEW), Optional.empty()).delivered())
                .isEqualTo(1);
    }

    @Test
    void stay_where_they_are_if_they_may_have_arrived_unless_a_person_names_that() {
        agent.notes = List.of(new Note("a"));
        agent.deliver = note -> {
            throw new IOException("503 after all");
        };
        runner.run(agent.in(Mode.LIVE, DeliveryGuarantee.AT_MOST_ONCE));

        assertThat(returns.count(select(null, "503"))).isEqualTo(new Found(Map.of(), 1));
        assertThat(returns.retry(select(null, "503"), Mode.LIVE)).isZero();
        assertThat(returns.retry(select(null, "Unsure"), Mode.LIVE)).isEqualTo(1);
    }

    @Test
    void are_decided_anew_if_they_were_rejected_and_go_where_the_mode_sends_them() {
        agent.notes = List.of(new Note("a"));
        runner.run(agent.in(Mode.REVIEW));
        review.reject(entries(HELD).get(0).id());
        assertThat(returns.count(select(null, null)).total()).isZero();

        assertThat(review.retry(entries(REJECTED).get(0).id(), Mode.LIVE)).isTrue();
        assertThat(entries(ADMITTED)).hasSize(1);
        runner.run(agent.in(Mode.LIVE));

        assertThat(entries(DELIVERED)).hasSize(1);
        assertThat(agent.decided).hasSize(2);
    }

    private void poison(String fault) {
        agent.decide = note -> {
            throw new IllegalStateException(fault);
        };
        IntStream.range(0, 3).forEach(cycle -> runner.run(agent.in(Mode.SHADOW)));
    }

    private void refuse() {
        agent.deliver = note -> {
            throw new UndeliverableException("no such channel");
        };
        runner.run(agent.in(Mode.LIVE));
        assertThat(entries(UNDELIVERABLE)).hasSize(1);
    }

    private Selection select(@Nullable Instant since, @Nullable String fault) {
        return select(since, fault, POISONED, UNDELIVERABLE);
    }

    private Selection select(@Nullable Instant since, @Nullable String fault, EntryState first, EntryState... others) {
        return new Selection(agent.spec().name(), EnumSet.of(first, others), since, fault);
    }

    private List<Entry> entries(EntryState state) {
        return journal.entries(agent.spec().name(), state, 100);
    }
}
