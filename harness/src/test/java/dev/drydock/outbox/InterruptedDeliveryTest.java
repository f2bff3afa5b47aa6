package dev.drydock.outbox;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.config.DeliveryGuarantee;
import dev.drydock.journal.Delivery;
import dev.drydock.journal.Delivery.Outcome;
import dev.drydock.journal.DeliveryClaims;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.OtherProcess;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries that a crash or an unclear answer cut short. */
@QuarkusTest
class InterruptedDeliveryTest {

    @Inject
    AgentRunner runner;

    @Inject
    Outbox outbox;

    @Inject
    DeliveryClaims claims;

    @Inject
    ReviewEntries review;

    @Inject
    JournalQueries journal;

    @Inject
    MovableClock clock;

    @Inject
    OtherProcess other;

    @Inject
    CircuitBreakerMaintenance circuits;

    @BeforeEach
    void close_circuits() {
        circuits.resetAll();
    }

    @Test
    void delivers_what_a_crashed_process_had_claimed_with_the_same_key() throws Exception {
        var agent = new NoteAgent("a").in(Mode.REVIEW);
        runner.run(agent);
        review.approve(only(agent.name()).id());
        assertThat(claims.claim(agent, 1).entries()).hasSize(1); // and then the process dies

        assertThat(outbox.deliver(agent, Optional.empty()).delivered()).isZero();
        other.lostItsClaims(agent.name());
        assertThat(outbox.deliver(agent, Optional.empty()).delivered()).isEqualTo(1);

        assertThat(journal.deliveriesOf(only(agent.name()).id()))
                .extracting(Delivery::outcome)
                .containsExactly(Outcome.UNSURE, Outcome.DELIVERED);
    }

    @Test
    void never_sends_twice_what_may_go_out_once_and_leaves_the_unsure_to_a_person() throws Exception {
        var agent = new NoteAgent("a").in(Mode.REVIEW, DeliveryGuarantee.AT_MOST_ONCE);
        runner.run(agent);
        review.approve(only(agent.name()).id());
        claims.claim(agent, 50); // and then the process dies
        other.lostItsClaims(agent.name());

        assertThat(outbox.deliver(agent, Optional.empty()).delivered()).isZero();

        assertThat(only(agent.name()).state()).isEqualTo(EntryState.UNDELIVERABLE);
        assertThat(only(agent.name()).fault()).startsWith("unsure: the process ended");
        assertThat(((NoteAgent) agent.agent()).delivered).isEmpty();
    }

    @Test
    void leaves_to_another_process_what_that_has_claimed_however_far_the_clocks_differ() throws Exception {
        var agent = new NoteAgent("a").in(Mode.REVIEW);
        runner.run(agent);
        review.approve(only(agent.name()).id());
        assertThat(claims.claim(agent, 50).entries()).hasSize(1); // and it is sending

        clock.advance(Duration.ofMinutes(6));

        assertThat(outbox.deliver(agent, Optional.empty()).delivered()).isZero();
        assertThat(((NoteAgent) agent.agent()).delivered).isEmpty();
    }

    @Test
    void ends_the_process_no_more_often_than_an_attempt_may_fail() throws Exception {
        var agent = new NoteAgent("a").in(Mode.REVIEW);
        runner.run(agent);
        review.approve(only(agent.name()).id());
        for (int crash = 1; crash <= 20; crash++) {
            assertThat(claims.claim(agent, 50).entries()).hasSize(1); // and then the process dies
            other.lostItsClaims(agent.name());
        }

        assertThat(outbox.deliver(agent, Optional.empty()).delivered()).isZero();

        assertThat(only(agent.name()).state()).isEqualTo(EntryState.UNDELIVERABLE);
        assertThat(only(agent.name()).fault()).startsWith("unsure: the process ended");
    }

    /** The tenth call opens the circuit; an entry has three calls, so that some have had only one or two. */
    @Test
    void keeps_each_attempt_that_reached_the_target_though_its_retry_met_an_open_circuit() {
        var agent = new NoteAgent("1", "2", "3", "4", "5", "6", "7", "8");
        agent.deliver = note -> {
            throw new IOException("504, after the message was stored");
        };

        runner.run(agent.in(Mode.LIVE));

        var attempts = journal.entries(agent.spec().name(), EntryState.PENDING, 10).stream()
                .flatMap(entry -> journal.deliveriesOf(entry.id()).stream())
                .toList();
        assertThat(attempts)
                .hasSize((int) agent.delivered.stream().distinct().count())
                .extracting(Delivery::outcome)
                .containsOnly(Outcome.FAILED);
    }

    @Test
    void counts_no_attempt_whose_retry_met_an_open_circuit() {
        var agent = new NoteAgent("1", "2", "3", "4", "5", "6", "7", "8");
        agent.deliver = note -> {
            throw new IOException("503");
        };
        runner.run(agent.in(Mode.LIVE));
        var calls = agent.delivered.stream().collect(groupingBy(identity(), counting()));

        clock.advance(Duration.ofMinutes(1));
        var next = claims.claim(agent.in(Mode.LIVE), 50).entries();

        assertThat(next).hasSize(8);
        assertThat(next.stream().filter(due -> due.attempt() == 2))
                .hasSameSizeAs(
                        calls.values().stream().filter(number -> number == 3).toList());
        assertThat(next.stream().filter(due -> due.attempt() == 1)).isNotEmpty();
    }

    @Test
    void takes_an_unclear_answer_for_unsure_where_it_may_send_once() {
        var agent = new NoteAgent("a");
        agent.deliver = note -> {
            throw new IOException("read timed out");
        };

        runner.run(agent.in(Mode.LIVE, DeliveryGuarantee.AT_MOST_ONCE));

        assertThat(agent.delivered).hasSize(1);
        assertThat(only(agent).state()).isEqualTo(EntryState.UNDELIVERABLE);
        assertThat(only(agent).fault()).startsWith("unsure whether it arrived");
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
