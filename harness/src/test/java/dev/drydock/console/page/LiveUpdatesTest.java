package dev.drydock.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** What open pages are told. */
@QuarkusTest
class LiveUpdatesTest {

    @TestHTTPResource("/live")
    URI live = URI.create("");

    @Inject
    AgentRunner runner;

    @Test
    void tells_an_open_page_that_a_run_has_changed_something() throws Exception {
        var events =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(live).build(), BodyHandlers.ofLines());
        assertThat(events.headers().firstValue("Content-Type").orElseThrow()).contains("text/event-stream");

        runner.run(new NoteAgent("a").in(Mode.SHADOW));

        try (var lines = events.body()) {
            assertThat(lines.filter(line -> line.startsWith("event:")).findFirst())
                    .hasValueSatisfying(line -> assertThat(line).contains("changed"));
        }
    }
}
