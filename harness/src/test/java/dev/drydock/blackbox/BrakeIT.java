package dev.drydock.blackbox;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged program, started again in review mode while its outputs wait for the receiver. */
@Tag("chaos")
@Tag("slow")
class BrakeIT {

    private static final int OUTPUTS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private TestEnvironment environment;

    @BeforeEach
    void open() {
        environment = TestEnvironment.withOwnServer();
    }

    @AfterEach
    void close() throws Exception {
        environment.close();
    }

    @Test
    void delivers_only_what_a_person_approves() throws Exception {
        var settings = environment.live();
        settings.put("drydock.deliver-per-run", "unlimited");
        RandomFault.RECEIVER_IS_BUSY.begin(environment);
        environment.putAtOnce(IntStream.range(0, OUTPUTS)
                .boxed()
                .collect(toMap(
                        number -> number + ".eml", number -> "Subject: message " + number + "\n\nThe export fails.")));
        try (var live = Program.start(settings)) {
            await().atMost(PATIENCE)
                    .ignoreExceptions() // there are no tables yet
                    .until(() -> environment.count("entry where state = 'PENDING'") == OUTPUTS);
            live.terminate();
        }
        RandomFault.RECEIVER_IS_BUSY.end(environment);

        var port = FreePort.find();
        settings.put("drydock.mode", "review");
        settings.put("PORT", String.valueOf(port));
        try (var review = Program.start(settings)) {
            await().atMost(PATIENCE).until(() -> environment.count("entry where state = 'HELD'") == OUTPUTS);
            assertThat(environment.model().taken()).isEmpty();

            await().atMost(PATIENCE).until(() -> review.log().contains("ended: COMPLETED"));
            for (int entry = 0; entry < 3; entry++) {
                post(port, "approve");
            }
            post(port, "reject");
            await().atMost(PATIENCE).until(() -> environment.model().taken().size() == 3);
        }
        assertThat(environment.count("entry where state = 'DELIVERED'")).isEqualTo(3);
        assertThat(environment.count("entry where state = 'REJECTED'")).isEqualTo(1);
        assertThat(environment.count("entry where state = 'HELD' and hold_reason = 'BRAKE'"))
                .isEqualTo(OUTPUTS - 4);
    }

    private void post(int port, String action) throws Exception {
        var id = environment.ask("select id from entry where state = 'HELD' order by id limit 1");
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/api/entries/%s/%s".formatted(port, id, action)))
                .header("Authorization", "Bearer " + TestEnvironment.ADMIN_TOKEN)
                .POST(BodyPublishers.noBody())
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }
}
