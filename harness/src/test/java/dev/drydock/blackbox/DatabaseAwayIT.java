package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged program, whose database is killed and started again. */
@Tag("chaos")
class DatabaseAwayIT {

    private static final int MESSAGES = 8;
    private static final Duration LONG = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private TestEnvironment environment;
    private int port;

    @BeforeEach
    void write_messages() throws Exception {
        environment = TestEnvironment.withOwnServer();
        port = FreePort.find();
        for (int number = 0; number < MESSAGES; number++) {
            environment.put(number + ".txt", "The export fails for customer " + number + ".");
        }
    }

    @AfterEach
    void close() throws Exception {
        environment.close();
    }

    @Test
    void keeps_finished_decisions_until_the_database_is_back_and_pays_for_none_twice() throws Exception {
        environment.model().delay(Duration.ofSeconds(3));
        try (var program = Program.start(settings())) {
            await().atMost(LONG).until(() -> environment.model().requests() == MESSAGES);
            environment.killDatabase();

            await().atMost(LONG)
                    .until(() ->
                            program.log().contains("kept in memory until it is available: " + MESSAGES + " decisions"));
            await().atMost(LONG).until(() -> get("/q/health/ready").statusCode() == 503);
            assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
            var refused = get("/api/entries");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("The database is unavailable");
            assertThat(environment.model().requests()).isEqualTo(MESSAGES);

            environment.restartDatabase();
            awaitDelivered(MESSAGES);
            await().atMost(LONG).until(() -> get("/q/health/ready").statusCode() == 200);
        }
        assertThat(environment.model().requests()).isEqualTo(MESSAGES);
        assertThat(environment.ask(
                        "select string_agg(distinct outcome || coalesce('/' || skip_reason, ''), ' ') from run"))
                .contains("SKIPPED/DATABASE_DOWN")
                .doesNotContain("CRASHED", "FAILED");
    }

    @Test
    void asks_no_model_while_the_database_is_unavailable() throws Exception {
        try (var program = Program.start(settings())) {
            awaitDelivered(MESSAGES);
            environment.killDatabase();
            environment.put("late.txt", "The import fails.");

            await().atMost(LONG).until(() -> program.log().contains("the next cycle covers its window"));
            assertThat(environment.model().requests()).isEqualTo(MESSAGES);

            environment.restartDatabase();
            awaitDelivered(MESSAGES + 1);
            assertThat(environment.model().requests()).isEqualTo(MESSAGES + 1);
            assertThat(program.terminate().exitCode()).isZero();
        }
    }

    private void awaitDelivered(long files) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(environment.delivered()).isEqualTo(files));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + TestEnvironment.ADMIN_TOKEN)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private Map<String, String> settings() {
        var settings = environment.settings();
        settings.put("drydock.mode", "live");
        settings.put("drydock.schedule", "every 1s");
        settings.put("drydock.outbox.every", "1s");
        settings.put("drydock.concurrency", String.valueOf(MESSAGES));
        settings.put("PORT", String.valueOf(port));
        return settings;
    }
}
