package dev.drydock.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.connect.LogLines;
import dev.drydock.journal.RunOutcome;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks outside that do not take what they are sent. */
@QuarkusTest
@WithTestResource(Servers.class)
class FailedPingsTest {

    @PingServer.Inject
    PingServer server;

    @Inject
    AgentRunner runner;

    @Inject
    MovableClock clock;

    @Inject
    RecordedPings pings;

    @BeforeEach
    void begin_with_a_check_that_takes_everything() {
        pings.beginAnew(server);
    }

    @Test
    void tries_a_ping_twice_and_lets_no_run_suffer_from_one_that_fails() {
        server.answers(503, "busy");
        var agent = new NoteAgent("a");
        try (var log = new LogLines()) {
            var first = runner.run(agent.in(Mode.LIVE));

            assertThat(first.outcome()).isEqualTo(RunOutcome.COMPLETED);
            assertThat(agent.delivered).hasSize(1);
            assertThat(server.kinds(PingServer.CHECK)).containsExactly("start", "start", "success", "success");
            assertThat(pings.failed)
                    .contains(new HeartbeatEvent.Failed(agent.spec().name(), "Healthchecks", "answered 503"));
            assertThat(log.lines).anyMatch(line -> line.contains("Ping to Healthchecks"));
            assertThat(log.lines).noneMatch(line -> line.contains(PingServer.CHECK.substring(1)));
        }
    }

    @Test
    void leaves_starts_out_until_a_check_takes_pings_again() {
        var agent = new NoteAgent("a").in(Mode.SHADOW);
        server.answers(200, "OK (rate limited)");
        runner.run(agent);
        clock.advance(Duration.ofMinutes(2));
        runner.run(agent);

        assertThat(server.kinds(PingServer.CHECK)).containsExactly("start", "success", "success");
        assertThat(pings.failed).extracting(HeartbeatEvent.Failed::reason).contains("rate limited");

        server.answers();
        clock.advance(Duration.ofMinutes(2));
        runner.run(agent);
        clock.advance(Duration.ofMinutes(2));
        runner.run(agent);

        assertThat(server.kinds(PingServer.CHECK)).endsWith("success", "success", "start", "success");
    }
}
