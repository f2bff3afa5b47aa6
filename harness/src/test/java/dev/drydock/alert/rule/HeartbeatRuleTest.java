package dev.drydock.alert.rule;

import static dev.drydock.journal.Notification.Type.OPENED;
import static dev.drydock.journal.Notification.Type.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.alert.SentAlerts;
import dev.drydock.run.AgentRunner;
import dev.drydock.watch.PingServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The rule about pings that nobody takes. */
@QuarkusTest
@WithTestResource(Servers.class)
class HeartbeatRuleTest {

    @PingServer.Inject
    PingServer server;

    @Inject
    AgentRunner runner;

    @Inject
    SentAlerts sent;

    @Inject
    MovableClock clock;

    private final NoteAgent agent = new NoteAgent();
    private final String subject = agent.spec().name() + " at Healthchecks";

    @Test
    void tells_of_pings_that_are_refused_and_of_the_first_that_is_taken() {
        server.answers();
        cycle();
        server.answers(404, ""); // which is not tried again
        cycle();
        assertThat(sent.types("heartbeat-unreachable", subject)).isEmpty();
        for (int more = 0; more < 5; more++) {
            cycle();
        }
        assertThat(sent.types("heartbeat-unreachable", subject)).containsExactly(OPENED);

        server.answers();
        cycle();
        cycle();
        assertThat(sent.types("heartbeat-unreachable", subject)).containsExactly(OPENED, RESOLVED);
    }

    /** Pings are not sent more often than their receiver likes. */
    private void cycle() {
        clock.advance(Duration.ofMinutes(2));
        runner.run(agent.in(Mode.SHADOW));
    }
}
