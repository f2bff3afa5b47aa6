package dev.drydock.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.agent.Receipt;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import dev.drydock.outbox.Outbox;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A source, a model and a receiver that never answer, and the timeouts around them. */
@QuarkusTest
@Order(1) // waits, and so leaves the processor to tests that run beside it
@TestProfile(HangingServersTest.ShortTimeouts.class)
class HangingServersTest {

    private static final String FETCH = "quarkus.fault-tolerance.\"dev.drydock.run.FetchAttempt/fetch\".";
    private static final String DECIDE = "quarkus.fault-tolerance.\"dev.drydock.run.DecideStage/decide\".";
    private static final String DELIVER = "quarkus.fault-tolerance.\"dev.drydock.outbox.DeliverAttempt/deliver\".";

    private static final int TIMEOUT_MILLIS = 200;
    private static final int WINDOW = 6;
    private static final int CONCURRENCY = 8;

    public static final class ShortTimeouts implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    DECIDE + "timeout.value",
                    String.valueOf(TIMEOUT_MILLIS),
                    DECIDE + "retry.max-retries",
                    "0",
                    FETCH + "timeout.value",
                    String.valueOf(TIMEOUT_MILLIS),
                    FETCH + "circuit-breaker.request-volume-threshold",
                    String.valueOf(WINDOW),
                    DELIVER + "timeout.value",
                    String.valueOf(TIMEOUT_MILLIS),
                    DELIVER + "circuit-breaker.request-volume-threshold",
                    String.valueOf(WINDOW),
                    DELIVER + "circuit-breaker.failure-ratio",
                    "0.9",
                    "quarkus.fault-tolerance.global.circuit-breaker.delay",
                    "1",
                    "quarkus.fault-tolerance.global.circuit-breaker.delay-unit",
                    "seconds");
        }
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Inject
    AgentRunner runner;

    @Inject
    Outbox outbox;

    @Inject
    JournalQueries journal;

    @Inject
    CircuitBreakerMaintenance circuits;

    @Inject
    MovableClock clock;

    @Test
    void a_receiver_costs_fifty_entries_one_window_of_timeouts_and_opens_its_circuit() throws Exception {
        try (var receiver = new SilentServer()) {
            var agent = new NoteAgent(numbered(50));
            agent.deliver = note -> new Receipt(call(receiver));
            var name = agent.spec().name();

            runner.run(agent.in(Mode.LIVE));

            assertThat(receiver.calls()).isBetween(WINDOW, WINDOW + CONCURRENCY - 1); // others were in flight
            assertThat(circuits.currentState("target of " + name)).isEqualTo(CircuitBreakerState.OPEN);
            var waiting = journal.entries(name, EntryState.PENDING, 100);
            assertThat(waiting).hasSize(50);
            assertThat(waiting.stream()
                            .filter(entry -> !journal.deliveriesOf(entry.id()).isEmpty()))
                    .hasSizeLessThanOrEqualTo(CONCURRENCY);
        }
    }

    @Test
    void a_receiver_that_still_hangs_after_the_pause_costs_one_timeout_and_opens_its_circuit_again() throws Exception {
        try (var receiver = new SilentServer()) {
            var agent = new NoteAgent(numbered(20));
            agent.deliver = note -> new Receipt(call(receiver));
            var target = "target of " + agent.spec().name();
            runner.run(agent.in(Mode.LIVE));
            var before = receiver.calls();

            clock.advance(Duration.ofHours(1)); // all are due
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                outbox.deliver(agent.in(Mode.LIVE), Optional.empty());
                return receiver.calls() > before;
            });

            assertThat(receiver.calls()).isEqualTo(before + 1);
            assertThat(circuits.currentState(target)).isEqualTo(CircuitBreakerState.OPEN);

            agent.deliver = note -> new Receipt("sent");
            clock.advance(Duration.ofHours(1)); // the one that was tried, too
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                outbox.deliver(agent.in(Mode.LIVE), Optional.empty());
                return journal.entries(agent.spec().name(), EntryState.DELIVERED, 100)
                                .size()
                        == 20;
            });
            assertThat(circuits.currentState(target)).isEqualTo(CircuitBreakerState.CLOSED);
        }
    }

    @Test
    void a_source_opens_its_circuit_and_skips_cycles_without_a_call() throws Exception {
        try (var source = new SilentServer()) {
            var agent = new NoteAgent();
            agent.fetch = window -> List.of(new NoteAgent.Note(call(source)));
            var name = agent.spec().name();
            runner.run(agent.in(Mode.SHADOW)); // one call and three retries
            runner.run(agent.in(Mode.SHADOW));

            assertThat(source.calls()).isEqualTo(WINDOW);
            assertThat(circuits.currentState("source of " + name)).isEqualTo(CircuitBreakerState.OPEN);
            var last = journal.runs(name, 1).get(0);
            assertThat(last.outcome()).isEqualTo(RunOutcome.SKIPPED);
            assertThat(last.skipReason()).isEqualTo(SkipReason.SOURCE_DOWN);
            assertThat(last.fault())
                    .as("what opened the circuit breaker")
                    .contains("FetchAttempt/fetch\".timeout.value")
                    .endsWith("; the circuit breaker of the source is open");
            assertThat(journal.runs(name, 2).get(1).fault())
                    .as("the setting to change")
                    .contains("\"dev.drydock.run.FetchAttempt/fetch\".timeout.value");
        }
    }

    @Test
    void an_entry_whose_decision_takes_too_long_is_at_fault_only_if_others_are_decided() {
        var agent = new NoteAgent("slow");
        agent.decide = note -> {
            if (note.id().equals("slow")) {
                new CountDownLatch(1).await();
            }
            return new Verdict("fine");
        };

        assertThat(runner.run(agent.in(Mode.SHADOW)).skipReason()).isEqualTo(SkipReason.MODEL_DOWN);
        assertThat(undecided(agent).attempts()).isZero();

        agent.notes = new NoteAgent("a", "b").notes;
        assertThat(runner.run(agent.in(Mode.SHADOW)).outcome()).isEqualTo(RunOutcome.COMPLETED_WITH_ERRORS);
        assertThat(undecided(agent).attempts()).isEqualTo(1);
        assertThat(undecided(agent).fault())
                .as("the setting to change")
                .contains("\"dev.drydock.run.DecideStage/decide\".timeout.value");
    }

    private Entry undecided(NoteAgent agent) {
        var entries = journal.entries(agent.spec().name(), EntryState.ADMITTED, 10);
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    /** A timeout of Fault Tolerance is not cancelled by an Error. */
    @Test
    void an_error_leaves_no_timeout_behind_that_interrupts_later_work_of_the_thread() throws Exception {
        var agent = new NoteAgent();
        agent.fetch = window -> {
            throw new StackOverflowError("a fault of the agent's own");
        };

        assertThat(runner.run(agent.in(Mode.SHADOW)).outcome()).isEqualTo(RunOutcome.FAILED);

        Thread.sleep(5 * TIMEOUT_MILLIS); // it would throw
    }

    private static String call(SilentServer server) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(server.url())).build(), BodyHandlers.ofString())
                .body();
    }

    private static String[] numbered(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
    }
}
