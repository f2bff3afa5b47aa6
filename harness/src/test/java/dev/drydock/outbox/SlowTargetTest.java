package dev.drydock.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.NoteAgent;
import dev.drydock.TestSettings;
import dev.drydock.agent.Agent;
import dev.drydock.agent.Mode;
import dev.drydock.agent.Receipt;
import dev.drydock.concurrent.BreakableTasks;
import dev.drydock.config.Agents;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A target that takes long to answer. */
@QuarkusTest
class SlowTargetTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final CountDownLatch answers = new CountDownLatch(1);
    private final BreakableTasks process = new BreakableTasks();

    @Inject
    AgentRunner runner;

    @Inject
    Outbox outbox;

    @Inject
    DeliverDue deliverDue;

    @Inject
    ReviewEntries review;

    @Inject
    JournalQueries journal;

    @AfterEach
    void close() {
        answers.countDown();
        process.close();
    }

    @Test
    void holds_up_no_other_agent() {
        var slow = approved(slowFor("a", "a"));
        var fast = approved(new NoteAgent("b"));

        start(slow, fast);

        await().atMost(LONG).until(() -> !slow.delivered.isEmpty());
        await().atMost(LONG).until(() -> inState(fast, EntryState.DELIVERED) == 1);
        approved(fast, "c");
        await().atMost(LONG).until(() -> inState(fast, EntryState.DELIVERED) == 2);
        assertThat(inState(slow, EntryState.PENDING)).isEqualTo(1);
    }

    @Test
    void does_not_hold_up_the_storing_of_other_deliveries_of_the_same_agent() {
        var agent = approved(slowFor("a", "a", "b", "c"));

        start(agent);

        await().atMost(LONG).until(() -> inState(agent, EntryState.DELIVERED) == 2);
        assertThat(agent.delivered).hasSize(3);
        answers.countDown();
        await().atMost(LONG).until(() -> inState(agent, EntryState.DELIVERED) == 3);
        assertThat(agent.delivered).hasSize(3);
    }

    private NoteAgent slowFor(String slow, String... ids) {
        var agent = new NoteAgent(ids);
        agent.deliver = note -> {
            if (note.id().equals(slow)) {
                answers.await();
            }
            return new Receipt("sent");
        };
        return agent;
    }

    private NoteAgent approved(NoteAgent agent) {
        runner.run(agent.in(Mode.REVIEW));
        journal.entries(agent.spec().name(), EntryState.HELD, 10).forEach(entry -> review.approve(entry.id()));
        return agent;
    }

    private void approved(NoteAgent agent, String id) {
        agent.notes = new NoteAgent(id).notes;
        approved(agent);
    }

    private void start(Agent<?, ?>... agents) {
        var settings = TestSettings.of(Map.of("drydock.mode", "review", "drydock.outbox.every", "200ms"));
        new OutboxTimer(new Agents(Stream.of(agents), settings), outbox, deliverDue, process.tasks(), settings).start();
    }

    private int inState(NoteAgent agent, EntryState state) {
        return journal.entries(agent.spec().name(), state, 10).size();
    }
}
