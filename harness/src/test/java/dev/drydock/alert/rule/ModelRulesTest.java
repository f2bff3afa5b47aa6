package dev.drydock.alert.rule;

import static dev.drydock.journal.Notification.Type.OPENED;
import static dev.drydock.journal.Notification.Type.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.alert.SentAlerts;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.CallRecords;
import dev.drydock.model.Asking;
import dev.drydock.model.ModelServer;
import dev.drydock.run.AgentRunner;
import dev.langchain4j.model.chat.ChatModel;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules about an agent's model calls, which go to a server: each tells once that something is wrong, and once that it is over. */
@QuarkusTest
@WithTestResource(Servers.class)
class ModelRulesTest {

    private static final String FINE = "{\"mood\":\"FINE\",\"why\":\"it is\"}";

    @ModelServer.Inject
    ModelServer server;

    @Inject
    ChatModel model;

    @Inject
    AgentRunner runner;

    @Inject
    SentAlerts sent;

    @Inject
    MovableClock clock;

    @Inject
    CallRecords calls;

    @Inject
    CircuitBreakerMaintenance circuits;

    private NoteAgent agent;
    private int notes;

    @BeforeEach
    void start_anew() {
        circuits.resetAll();
        server.answerContent(FINE);
        agent = Asking.about(0, model);
    }

    @Test
    void tell_of_model_calls_that_fail_one_after_the_other() {
        var shadow = agent.in(Mode.SHADOW);
        cycle(shadow, 1);
        server.fail(500);
        assertThat(sent.of("model-failures", shadow)).isEmpty();

        cycle(shadow, 1);
        assertThat(sent.of("model-failures", shadow)).containsExactly(OPENED);

        circuits.resetAll();
        server.answerContent(FINE);
        cycle(shadow, 1);
        assertThat(sent.of("model-failures", shadow)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void tell_at_once_of_an_account_that_is_empty() {
        var shadow = agent.in(Mode.SHADOW);
        server.fail(402);

        cycle(shadow, 1);
        assertThat(sent.of("skipped-cycles", shadow)).containsExactly(OPENED);

        server.answerContent(FINE);
        cycle(shadow, 1);
        assertThat(sent.of("skipped-cycles", shadow)).containsExactly(OPENED, RESOLVED);
    }

    /** Latencies as the journal has them: how long real calls take on a busy machine is not known. */
    @Test
    void tell_of_answers_that_take_too_long() {
        var shadow = agent.in(Mode.SHADOW);
        answers(39, Duration.ofMillis(10));
        answers(1, Duration.ofMillis(1_500));
        assertThat(sent.of("model-latency", shadow)).isEmpty(); // one in twenty may

        answers(3, Duration.ofMillis(1_500));
        assertThat(sent.of("model-latency", shadow)).containsExactly(OPENED);

        clock.advance(Duration.ofMinutes(61));
        cycle(shadow, 1);
        assertThat(sent.of("model-latency", shadow)).containsExactly(OPENED, RESOLVED);
    }

    private void answers(int number, Duration latency) {
        for (int call = 0; call < number; call++) {
            calls.answeredBy(agent.spec().name(), "v1", clock.instant(), latency.toMillis());
        }
    }

    @Test
    void tell_of_a_day_that_costs_and_takes_more_than_twice_what_days_do() {
        var shadow = agent.in(Mode.SHADOW);
        cycle(shadow, 5);
        assertThat(sent.of("spend-spike", shadow)).isEmpty();
        for (int day = 0; day < 3; day++) {
            morning();
            cycle(shadow, 2);
        }
        morning();
        cycle(shadow, 4);
        assertThat(sent.of("spend-spike", shadow)).isEmpty();
        assertThat(sent.of("token-spike", shadow)).isEmpty();

        cycle(shadow, 1);
        assertThat(sent.of("spend-spike", shadow)).containsExactly(OPENED);
        assertThat(sent.of("token-spike", shadow)).containsExactly(OPENED);

        morning();
        cycle(shadow, 1);
        assertThat(sent.of("spend-spike", shadow)).containsExactly(OPENED, RESOLVED);
        assertThat(sent.of("token-spike", shadow)).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void tell_of_a_budget_that_is_nearly_spent() {
        morning();
        var spending = agent.spending("0.0030"); // one call may cost 0.002 and does cost 0.00017
        cycle(spending, 1);
        assertThat(sent.of("budget-nearly-spent", spending)).isEmpty();

        var tight = agent.spending("0.0002");
        assertThat(sent.of("budget-nearly-spent", tight)).containsExactly(OPENED);

        morning();
        assertThat(sent.of("budget-nearly-spent", tight)).containsExactly(OPENED, RESOLVED);
    }

    private void cycle(RegisteredAgent<?, ?> registered, int decisions) {
        agent.notes = IntStream.range(0, decisions)
                .mapToObj(number -> new Note("note " + ++notes))
                .toList();
        runner.run(registered);
    }

    /** Lets time pass until shortly after the next midnight. */
    private void morning() {
        var now = clock.instant();
        var tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1).atTime(LocalTime.of(0, 1));
        clock.advance(Duration.between(now, tomorrow.toInstant(ZoneOffset.UTC)));
    }
}
