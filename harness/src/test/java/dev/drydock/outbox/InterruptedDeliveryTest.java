package dev.drydock.outbox;

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
        clock.advance(Duration.ofMinutes(6));
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
        claims.claim(agent, 1); // and then the process dies
        clock.advance(Duration.ofMinutes(6));

        assertThat(outbox.deliver(agent, Optional.empty()).delivered()).isZero();

        assertThat(only(agent.name()).state()).isEqualTo(EntryState.UNDELIVERABLE);
        assertThat(only(agent.name()).fault()).startsWith("unsure: the process ended");
        assertThat(((NoteAgent) agent.agent()).delivered).isEmpty();
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
