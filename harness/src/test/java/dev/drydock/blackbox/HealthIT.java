package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the packaged program answers to the probes of a platform. That it is not ready without a database: DatabaseAwayIT. */
class HealthIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void is_started_and_ready_and_no_longer_ready_once_it_was_asked_to_stop() throws Exception {
        try (var environment = new TestEnvironment()) {
            environment.put("a.txt", "The export fails.");
            environment.model().delay(Duration.ofSeconds(8));
            var settings = environment.settings();
            var port = FreePort.find();
            settings.put("PORT", String.valueOf(port));
            try (var program = Program.start(settings)) {
                await().ignoreExceptions().atMost(LONG).until(() -> status(port, "started") == 200);
                await().atMost(LONG).until(() -> status(port, "ready") == 200);
                await().atMost(LONG).until(() -> environment.model().requests() == 1);

                var ended = CompletableFuture.supplyAsync(() -> terminate(program));
                await().atMost(Duration.ofSeconds(6)).until(() -> status(port, "ready") == 503);
                assertThat(status(port, "live")).isEqualTo(200);
                assertThat(startCycle(port)).isEqualTo(503);

                assertThat(ended.get().exitCode()).isZero();
            }
        }
    }

    private int status(int port, String probe) throws Exception {
        var address = URI.create("http://localhost:%d/q/health/%s".formatted(port, probe));
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private int startCycle(int port) throws Exception {
        var address = URI.create("http://localhost:%d/api/agents/triage/runs".formatted(port));
        var request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + TestEnvironment.ADMIN_TOKEN)
                .POST(BodyPublishers.noBody());
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static Program.Ended terminate(Program program) {
        try {
            return program.terminate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
