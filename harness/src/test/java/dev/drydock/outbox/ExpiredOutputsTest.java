package dev.drydock.outbox;

import static dev.drydock.journal.Notification.Type.OPENED;
import static dev.drydock.journal.Notification.Type.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.agent.Mode;
import dev.drydock.agent.Receipt;
import dev.drydock.alert.SentAlerts;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outputs that are of no use after a time, while their target is down. */
@QuarkusTest
class ExpiredOutputsTest {

    @Inject
    AgentRunner runner;

    @Inject
    Outbox outbox;

    @Inject
    ReviewEntries review;

    @Inject
    JournalQueries journal;

    @Inject
    SentAlerts sent;

    @Inject
    MovableClock clock;

    @Inject
    CircuitBreakerMaintenance circuits;

    private final NoteAgent agent = new NoteAgent("alarm");

    @BeforeEach
    void close_circuits() {
        circuits.resetAll();
    }

    @Test
    void are_not_sent_when_the_target_is_back_and_an_alert_says_so() throws Exception {
        agent.deliverWithin = Optional.of(Duration.ofHours(2));
        outageOf(Duration.ofHours(15));
        agent.notes = List.of(new Note("news"));
        runner.run(agent.in(Mode.LIVE));

        assertThat(only(EntryState.EXPIRED).itemId()).isEqualTo("alarm");
        assertThat(only(EntryState.EXPIRED).fault()).isEqualTo("not delivered within 7200 s (deliver-within)");
        assertThat(only(EntryState.DELIVERED).itemId()).isEqualTo("news");
        assertThat(sent.of("outputs-expired", agent.in(Mode.LIVE))).containsExactly(OPENED);
        clock.advance(Duration.ofHours(25));
        assertThat(sent.of("outputs-expired", agent.in(Mode.LIVE))).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void expire_while_the_target_is_still_down() throws Exception {
        agent.deliverWithin = Optional.of(Duration.ofHours(2));
        outageOf(Duration.ofHours(1));
        outbox.withdraw(agent.in(Mode.LIVE));
        assertThat(entries(EntryState.EXPIRED)).isEmpty();

        clock.advance(Duration.ofHours(2));
        outbox.withdraw(agent.in(Mode.LIVE));

        assertThat(entries(EntryState.EXPIRED)).hasSize(1);
    }

    @Test
    void are_sent_however_old_where_no_time_is_set() throws Exception {
        outageOf(Duration.ofDays(10));

        assertThat(outbox.deliver(agent.in(Mode.LIVE), Optional.empty()).delivered())
                .isEqualTo(1);
    }

    @Test
    void are_sent_if_a_person_wants_them_nevertheless() throws Exception {
        agent.deliverWithin = Optional.of(Duration.ofHours(2));
        outageOf(Duration.ofHours(15));
        outbox.deliver(agent.in(Mode.LIVE), Optional.empty());

        assertThat(review.redeliver(only(EntryState.EXPIRED).id())).isTrue();

        assertThat(outbox.deliver(agent.in(Mode.LIVE), Optional.empty()).delivered())
                .isEqualTo(1);
    }

    @Test
    void count_from_the_approval_of_a_person() throws Exception {
        agent.deliverWithin = Optional.of(Duration.ofHours(2));
        runner.run(agent.in(Mode.REVIEW));
        clock.advance(Duration.ofHours(15));

        review.approve(only(EntryState.HELD).id());

        assertThat(outbox.deliver(agent.in(Mode.REVIEW), Optional.empty()).delivered())
                .isEqualTo(1);
    }

    private void outageOf(Duration time) {
        agent.deliver = note -> {
            throw new IOException("503");
        };
        runner.run(agent.in(Mode.LIVE));
        agent.deliver = note -> new Receipt("sent");
        circuits.resetAll();
        clock.advance(time);
    }

    private Entry only(EntryState state) {
        assertThat(entries(state)).hasSize(1);
        return entries(state).get(0);
    }

    private List<Entry> entries(EntryState state) {
        return journal.entries(agent.spec().name(), state, 10);
    }
}
