package dev.drydock.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.drydock.journal.Notification.Type.OPENED;
import static dev.drydock.journal.Notification.Type.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.alert.SentAlerts;
import dev.drydock.connect.Sources;
import dev.drydock.journal.Notification;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rule about sources that give no access. */
@QuarkusTest
class CredentialsLostTest {

    private final WireMockServer api = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    private final TokenEndpoint tokens = new TokenEndpoint();

    @Inject
    Sources sources;

    @Inject
    AgentRunner runner;

    @Inject
    SentAlerts sent;

    @Inject
    MovableClock clock;

    private List<Notification.Type> before = List.of();

    @AfterEach
    void stop() {
        api.stop();
        tokens.close();
    }

    @Test
    void tells_at_once_of_a_source_that_takes_no_token_and_again_when_it_does() {
        api.start();
        var tickets = sources.tickets(Map.of("url", api.baseUrl() + "/", "oauth.token-url", tokens.url()), clock);
        var agent = new NoteAgent();
        agent.fetch = window -> {
            tickets.get("tickets");
            return List.of();
        };
        var shadow = agent.in(Mode.SHADOW);
        answer(200);
        runner.run(shadow);
        before = sent.types("credentials-lost", "tickets");
        clock.advance(Duration.ofMinutes(16)); // past what other tests have left
        assertThat(since()).isEmpty();

        answer(401);
        runner.run(shadow);
        assertThat(since()).containsExactly(OPENED);
        runner.run(shadow);
        assertThat(since()).containsExactly(OPENED);

        answer(200);
        runner.run(shadow);
        runner.run(shadow);
        assertThat(since()).containsExactly(OPENED, RESOLVED);
    }

    private void answer(int status) {
        api.stubFor(any(anyUrl())
                .willReturn(status == 200 ? okJson("[]") : aResponse().withStatus(status)));
    }

    private List<Notification.Type> since() {
        var types = sent.types("credentials-lost", "tickets");
        return types.subList(before.size(), types.size());
    }
}
