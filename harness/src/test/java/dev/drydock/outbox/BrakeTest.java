package dev.drydock.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.agent.Mode;
import dev.drydock.agent.Receipt;
import dev.drydock.journal.DeliveryClaims;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.OtherProcess;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An agent that was live is put back into review or shadow mode while its outputs wait for the receiver. */
@QuarkusTest
class BrakeTest {

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
    OtherProcess other;

    @Inject
    MovableClock clock;

    @Inject
    CircuitBreakerMaintenance circuits;

    @BeforeEach
    void close_circuits() {
        circuits.resetAll();
    }

    @Test
    void leaves_each_waiting_output_to_a_person() throws Exception {
        var agent = withWaitingOutputs(100);

        assertThat(outbox.deliver(agent.in(Mode.REVIEW), Optional.empty()).delivered())
                .isZero();

        var held = entries(agent, EntryState.HELD);
        assertThat(held).hasSize(100).allSatisfy(entry -> {
            assertThat(entry.holdReason()).isEqualTo(HoldReason.BRAKE);
            assertThat(entry.fault())
                    .startsWith("BRAKE: decided in live mode, not delivered before the mode changed to review");
        });
        held.subList(0, 3).forEach(entry -> review.approve(entry.id()));
        review.reject(held.get(3).id());
        assertThat(outbox.deliver(agent.in(Mode.REVIEW), Optional.empty()).delivered())
                .isEqualTo(3);
        assertThat(entries(agent, EntryState.DELIVERED)).hasSize(3);
        assertThat(entries(agent, EntryState.REJECTED)).hasSize(1);
        assertThat(entries(agent, EntryState.HELD)).hasSize(96);
    }

    @ParameterizedTest
    @EnumSource(names = {"REVIEW", "SHADOW"})
    void delivers_nothing_of_it_when_the_agent_goes_live_again(Mode brake) throws Exception {
        var agent = withWaitingOutputs(1);
        outbox.deliver(agent.in(brake), Optional.empty());

        agent.notes = List.of(new Note("of the next version"));
        runner.run(agent.in(Mode.LIVE));

        assertThat(entries(agent, EntryState.DELIVERED))
                .extracting(Entry::itemId)
                .containsExactly("of the next version");
        assertThat(entries(agent, EntryState.HELD)).hasSize(1);
    }

    @Test
    void holds_though_the_source_of_the_run_is_away() {
        var agent = withWaitingOutputs(1);
        agent.fetch = window -> {
            throw new IOException("gone");
        };

        runner.run(agent.in(Mode.REVIEW));

        assertThat(entries(agent, EntryState.HELD)).hasSize(1);
    }

    @Test
    void claims_nothing_that_was_decided_live_before_it_is_held() {
        var agent = withWaitingOutputs(1);

        assertThat(claims.claim(agent.in(Mode.REVIEW), 50).entries()).isEmpty();
        assertThat(claims.claim(agent.in(Mode.LIVE), 50).entries()).hasSize(1);
    }

    /** In a deployment, the process of the old mode may be sending while the new one starts. */
    @Test
    void leaves_a_delivery_of_another_process_to_its_end_and_says_if_that_has_crashed() throws Exception {
        var agent = withWaitingOutputs(1);
        claims.claim(agent.in(Mode.LIVE), 50); // and sends

        outbox.deliver(agent.in(Mode.REVIEW), Optional.empty());
        assertThat(entries(agent, EntryState.PENDING)).hasSize(1);
        assertThat(review.reject(entries(agent, EntryState.PENDING).get(0).id()))
                .isFalse();

        other.lostItsClaims(agent.spec().name());
        outbox.deliver(agent.in(Mode.REVIEW), Optional.empty());
        assertThat(entries(agent, EntryState.HELD))
                .singleElement()
                .satisfies(entry -> assertThat(entry.fault()).contains("BRAKE", "check whether it arrived"));
    }

    @Test
    void delivers_an_output_that_a_person_approved_whatever_the_mode_was() throws Exception {
        var agent = withWaitingOutputs(1);
        outbox.deliver(agent.in(Mode.SHADOW), Optional.empty());
        review.approve(entries(agent, EntryState.HELD).get(0).id());

        outbox.deliver(agent.in(Mode.SHADOW), Optional.empty());
        assertThat(entries(agent, EntryState.PENDING)).hasSize(1);
        assertThat(outbox.deliver(agent.in(Mode.REVIEW), Optional.empty()).delivered())
                .isEqualTo(1);
    }

    @Test
    void lets_a_person_reject_what_waits_for_the_receiver_or_for_its_decision() {
        var agent = withWaitingOutputs(1);
        assertThat(review.reject(entries(agent, EntryState.PENDING).get(0).id()))
                .isTrue();

        agent.notes = List.of(new Note("undecided"));
        agent.decide = note -> {
            throw new IllegalStateException("not now");
        };
        runner.run(agent.in(Mode.LIVE));
        var undecided = entries(agent, EntryState.ADMITTED);
        assertThat(review.reject(undecided.get(0).id())).isTrue();

        runner.run(agent.in(Mode.LIVE));
        assertThat(entries(agent, EntryState.REJECTED)).hasSize(2);
    }

    @Test
    void approves_no_shadow_output_by_whatever_clicks_nor_after_going_live() throws Exception {
        var agent = new NoteAgent("a");
        runner.run(agent.in(Mode.SHADOW));
        var shadowed = entries(agent, EntryState.SHADOWED).get(0).id();

        assertThat(review.approve(shadowed)).isFalse();
        assertThat(review.approve(shadowed)).isFalse();
        runner.run(agent.in(Mode.LIVE));
        assertThat(review.approve(shadowed)).isFalse();
        assertThat(review.retry(shadowed, Mode.LIVE)).isFalse();
        assertThat(review.redeliver(shadowed)).isFalse();
        outbox.deliver(agent.in(Mode.LIVE), Optional.empty());

        assertThat(entries(agent, EntryState.SHADOWED)).hasSize(1);
        assertThat(agent.delivered).isEmpty();
    }

    /** Decided live, while the receiver was down; it is back now, and all are due. */
    private NoteAgent withWaitingOutputs(int number) {
        var agent = new NoteAgent(
                IntStream.range(0, number).mapToObj(String::valueOf).toArray(String[]::new));
        agent.deliver = note -> {
            throw new IOException("503");
        };
        runner.run(agent.in(Mode.LIVE));
        assertThat(entries(agent, EntryState.PENDING)).hasSize(number);
        agent.deliver = note -> new Receipt("sent");
        circuits.resetAll();
        clock.advance(Duration.ofMinutes(1));
        return agent;
    }

    private List<Entry> entries(NoteAgent agent, EntryState state) {
        return journal.entries(agent.spec().name(), state, 1000);
    }
}
