package dev.drydock.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.agent.Receipt;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.journal.Delivery;
import dev.drydock.journal.Delivery.Outcome;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OutboxTest {

    @Inject
    AgentRunner runner;

    @Inject
    Outbox outbox;

    @Inject
    ReviewEntries review;

    @Inject
    JournalQueries journal;

    @Inject
    MovableClock clock;

    @Inject
    CircuitBreakerMaintenance circuits;

    @BeforeEach
    void close_circuits() {
        circuits.resetAll();
    }

    @Test
    void tries_again_later_when_the_receiver_is_busy() throws Exception {
        var agent = new NoteAgent("a");
        agent.deliver = note -> {
            throw new IOException("503");
        };
        runner.run(agent.in(Mode.LIVE));
        agent.deliver = note -> new Receipt("sent");

        var tooSoon = outbox.deliver(agent.in(Mode.LIVE), Optional.empty());
        clock.advance(Duration.ofSeconds(31));
        var later = outbox.deliver(agent.in(Mode.LIVE), Optional.empty());

        assertThat(tooSoon.delivered()).isZero();
        assertThat(later.delivered()).isEqualTo(1);
        assertThat(journal.deliveriesOf(only(agent).id()))
                .extracting(Delivery::outcome)
                .containsExactly(Outcome.FAILED, Outcome.DELIVERED);
        assertThat(agent.delivered.stream().distinct()).hasSize(1);
    }

    @Test
    void gives_up_at_once_on_what_is_refused_for_good_until_a_person_sends_it_again() throws Exception {
        var agent = new NoteAgent("a");
        agent.deliver = note -> {
            throw new UndeliverableException("no such channel");
        };
        runner.run(agent.in(Mode.LIVE));

        assertThat(only(agent).state()).isEqualTo(EntryState.UNDELIVERABLE);
        assertThat(only(agent).fault()).isEqualTo("UndeliverableException: no such channel");
        assertThat(agent.delivered).hasSize(1);

        agent.deliver = note -> new Receipt("sent");
        assertThat(review.redeliver(only(agent).id())).isTrue();
        outbox.deliver(agent.in(Mode.LIVE), Optional.empty());
        assertThat(only(agent).state()).isEqualTo(EntryState.DELIVERED);
    }

    @Test
    void gives_up_after_many_attempts() throws Exception {
        var agent = new NoteAgent("a");
        agent.deliver = note -> {
            throw new IOException("503");
        };
        runner.run(agent.in(Mode.LIVE));

        for (int attempt = 0; attempt < 25; attempt++) {
            circuits.resetAll();
            clock.advance(Duration.ofHours(2));
            outbox.deliver(agent.in(Mode.LIVE), Optional.empty());
        }

        assertThat(only(agent).state()).isEqualTo(EntryState.UNDELIVERABLE);
        assertThat(journal.deliveriesOf(only(agent).id())).hasSize(20);
    }

    @Test
    void leaves_a_dead_target_alone_at_no_cost_to_those_that_wait_and_stops_no_other_agent() throws Exception {
        var dead = new NoteAgent(numbered(200));
        dead.deliver = note -> {
            throw new IOException("503");
        };
        runner.run(dead.in(Mode.LIVE));
        var other = new NoteAgent("a");
        runner.run(other.in(Mode.LIVE));

        var waiting = journal.entries(dead.spec().name(), EntryState.PENDING, 1000);
        assertThat(waiting).hasSize(200);
        var attempts = waiting.stream()
                .mapToInt(entry -> journal.deliveriesOf(entry.id()).size())
                .sum();
        assertThat(attempts).isLessThan(20);
        assertThat(dead.delivered).hasSizeLessThan(20);
        assertThat(other.delivered).hasSize(1);

        circuits.resetAll();
        dead.deliver = note -> new Receipt("sent");
        clock.advance(Duration.ofSeconds(31));
        assertThat(outbox.deliver(dead.in(Mode.LIVE), Optional.empty()).delivered())
                .isEqualTo(200);
    }

    @Test
    void holds_each_output_for_a_person_in_review_mode() throws Exception {
        var agent = new NoteAgent("a", "b");
        runner.run(agent.in(Mode.REVIEW));
        var held = journal.entries(agent.spec().name(), EntryState.HELD, 10);
        assertThat(held).hasSize(2);
        assertThat(agent.delivered).isEmpty();

        review.approve(held.get(0).id());
        review.reject(held.get(1).id());
        outbox.deliver(agent.in(Mode.REVIEW), Optional.empty());

        assertThat(journal.entry(held.get(0).id()).orElseThrow().state()).isEqualTo(EntryState.DELIVERED);
        assertThat(journal.entry(held.get(1).id()).orElseThrow().state()).isEqualTo(EntryState.REJECTED);
        assertThat(review.approve(held.get(1).id())).isFalse();
        assertThat(agent.delivered).hasSize(1);
    }

    @Test
    void delivers_nothing_while_the_agent_is_back_in_shadow_mode() throws Exception {
        var agent = new NoteAgent("a");
        runner.run(agent.in(Mode.REVIEW));
        review.approve(only(agent).id());

        outbox.deliver(agent.in(Mode.SHADOW), Optional.empty());

        assertThat(only(agent).state()).isEqualTo(EntryState.PENDING);
        assertThat(agent.delivered).isEmpty();
    }

    @Test
    void shares_deliveries_between_workers_without_doubling_any() throws Exception {
        var agent = new NoteAgent(numbered(400));
        runner.run(agent.in(Mode.REVIEW));
        journal.entries(agent.spec().name(), EntryState.HELD, 1000).forEach(entry -> review.approve(entry.id()));
        var workers = Executors.newFixedThreadPool(4);

        var tallies = workers.invokeAll(Collections.nCopies(
                4, (Callable<Outbox.Tally>) () -> outbox.deliver(agent.in(Mode.LIVE), Optional.empty())));

        int delivered = 0;
        for (var tally : tallies) {
            delivered += tally.get().delivered();
        }
        workers.shutdown();
        assertThat(delivered).isEqualTo(400);
        assertThat(agent.delivered).hasSize(400).doesNotHaveDuplicates();
    }

    private static String[] numbered(int number) {
        return IntStream.range(0, number).mapToObj(String::valueOf).toArray(String[]::new);
    }

    private Entry only(NoteAgent agent) {
        return only(agent.spec().name());
    }

    private Entry only(String agent) {
        var entries = journal.entries(agent, null, 10);
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }
}
