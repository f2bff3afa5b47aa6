package dev.drydock.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.drydock.model.ModelServer.completion;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.MovableClock;
import dev.drydock.TestSettings;
import dev.drydock.agent.Mode;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.Pauses;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import dev.drydock.run.AgentRunner;
import dev.drydock.run.RunRequest;
import dev.langchain4j.model.chat.ChatModel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Calls that must not come too fast. */
@QuarkusTest
@Order(1) // waits, and so leaves the processor to tests that run beside it
@TestProfile(PaceTest.Slowly.class)
@QuarkusTestResource(value = ModelServer.class, restrictToAnnotatedClass = true)
class PaceTest {

    private static final String FINE = "{\"mood\":\"FINE\",\"why\":\"it is\"}";

    @ModelServer.Inject
    ModelServer server;

    @Inject
    ChatModel model;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    Pauses pauses;

    @Inject
    MovableClock clock;

    /** Two at a time, and four a second. */
    public static class Slowly implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "drydock.model.concurrency", "2",
                    "drydock.model.calls-per-minute", "240");
        }
    }

    @Test
    void are_spread_over_time_and_few_at_once() {
        server.answerInTurn(
                completion(FINE).withFixedDelay(300), completion(FINE).withFixedDelay(300));
        var agent = Asking.about(12, model);

        runner.run(agent.in(Mode.SHADOW));

        var calls = calls(agent.spec().name());
        assertThat(calls).hasSize(12);
        assertThat(calls).allSatisfy(call -> assertThat(underWayAt(call, calls)).isLessThanOrEqualTo(2));
        var first = calls.stream().map(ModelCall::calledAt).sorted().toList();
        assertThat(Duration.between(first.get(0), first.get(11))).isGreaterThan(Duration.ofMillis(1_700));
    }

    @Test
    void are_left_to_the_next_run_when_the_server_wants_a_pause_beyond_the_deadline() {
        var busy = aResponse().withStatus(429).withHeader("Retry-After", "2");
        server.answerInTurn(busy, busy, completion(FINE));
        var agent = Asking.about(3, model);
        server.forget();

        var end = runner.run(
                agent.in(Mode.SHADOW), new RunRequest(Optional.of(Instant.now().plusSeconds(1)), false));

        assertThat(end.outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(end.skipReason()).isEqualTo(SkipReason.RATE_LIMITED);
        assertThat(end.fault()).isEqualTo("rate limited: 0 of 3 decided, 3 wait for the next run");
        assertThat(server.requests()).isLessThanOrEqualTo(2); // those that were in flight
        assertThat(journal.entries(agent.spec().name(), EntryState.ADMITTED, 10))
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.attempts()).isZero());
        assertThat(get("/runs?agent=" + agent.spec().name()).asString())
                .containsSubsequence(
                        "COMPLETED", "RATE_LIMITED", "rate limited: 0 of 3 decided, 3 wait for the next run");

        var refused = firstCall(agent.spec().name());
        var next = runner.run(agent.in(Mode.SHADOW));

        assertThat(next.counts().decided()).isEqualTo(3);
        assertThat(firstCall(agent.spec().name())).isAfterOrEqualTo(refused.plusSeconds(2));
    }

    @Test
    void get_a_turn_that_is_free_and_wait_for_none_after_the_deadline() {
        var settings = TestSettings.of(Map.of("drydock.model.calls-per-minute", "1"));
        var pace = new ModelPace("mock-" + UUID.randomUUID(), 2, settings.model(), clock, pauses);
        var passed = clock.instant().minusSeconds(1);

        pace.place(() -> 1, passed, false).released();

        assertThatThrownBy(() -> pace.place(() -> 1, passed, false))
                .isInstanceOf(ModelBusyException.class)
                .hasMessageContaining("DRYDOCK_MODEL_CALLS_PER_MINUTE");
    }

    private static long underWayAt(ModelCall call, List<ModelCall> calls) {
        return calls.stream()
                .filter(other -> !other.calledAt().isAfter(call.calledAt())
                        && other.calledAt().plus(other.latency()).isAfter(call.calledAt()))
                .count();
    }

    private Instant firstCall(String agent) {
        return calls(agent).stream()
                .map(ModelCall::calledAt)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private List<ModelCall> calls(String agent) {
        return journal.callsOfRun(journal.runs(agent, 1).get(0).id(), 100);
    }
}
