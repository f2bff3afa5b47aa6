package dev.drydock.blackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.drydock.FreePort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** The alerts of the packaged program, as a receiver of webhooks sees them. */
@Execution(CONCURRENT)
class AlertsIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String HOOK = "/alerts";

    private final WireMockServer receiver = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @BeforeEach
    void open() {
        receiver.start();
        receiver.stubFor(post(urlPathEqualTo(HOOK)).willReturn(ok()));
    }

    @AfterEach
    void close() {
        receiver.stop();
    }

    @Test
    void say_that_the_database_is_unavailable_and_then_available_again() throws Exception {
        try (var environment = TestEnvironment.withOwnServer()) {
            var settings = settings(environment);
            settings.put("drydock.alerts.runbook", "https://example.com/runbook");
            settings.put("PORT", String.valueOf(FreePort.find()));
            try (var program = Program.start(settings)) {
                await().atMost(LONG).until(() -> program.log().contains("ended: COMPLETED"));
                environment.killDatabase();
                await().atMost(LONG).until(() -> received("database-away").size() == 1);

                environment.restartDatabase();
                await().atMost(LONG).until(() -> received("database-away").size() == 2);
                await().atMost(LONG)
                        .until(() -> environment.count("notice where channel = 'webhook' and state = 'SENT'") == 2);

                assertThat(alerts(settings.get("PORT")))
                        .contains("\"runbook\":\"https://example.com/runbook#database-away\"");
            }
            assertThat(environment.count("alert where rule = 'database-away' and resolved_at > opened_at"))
                    .isEqualTo(1);
        }
    }

    @Test
    void reach_whoever_starts_a_process_for_each_cycle() throws Exception {
        try (var environment = new TestEnvironment()) {
            environment.put("a.txt", "The export fails.");
            var settings = settings(environment);
            settings.put("drydock.alerts.rules.skipped-cycles", "1");
            environment.model().fail();

            assertThat(Program.run(settings, "run", "triage").exitCode()).isEqualTo(4);

            assertThat(received("skipped-cycles")).hasSize(1);
        }
    }

    @Test
    void are_tried_by_a_command_that_says_what_each_channel_answers() throws Exception {
        try (var environment = new TestEnvironment()) {
            var settings = settings(environment);
            settings.keySet().removeIf(name -> name.startsWith("OPENAI_")); // it asks no model
            var well = Program.run(settings, "alert-test");
            assertThat(well.exitCode()).as(well.err()).isZero();
            assertThat(well.out()).containsPattern("log +ok").containsPattern("webhook +ok");
            assertThat(received("alert-test")).hasSize(1);

            receiver.stubFor(post(urlPathEqualTo(HOOK)).willReturn(serverError()));
            var badly = Program.run(settings, "alert-test", "--json");
            assertThat(badly.exitCode()).isEqualTo(1);
            assertThat(badly.out())
                    .contains("\"channel\":\"webhook\",\"taken\":false")
                    .contains("500");
        }
    }

    private static String alerts(String port) {
        return given().header("Authorization", "Bearer " + TestEnvironment.ADMIN_TOKEN)
                .get("http://localhost:%s/api/alerts".formatted(port))
                .asString();
    }

    private List<String> received(String rule) {
        return receiver.findAll(postRequestedFor(urlPathEqualTo(HOOK))).stream()
                .map(request -> request.getBodyAsString())
                .filter(body -> body.contains(rule))
                .toList();
    }

    private Map<String, String> settings(TestEnvironment environment) {
        var settings = environment.live();
        settings.put("ALERT_WEBHOOK_URL", receiver.baseUrl() + HOOK);
        settings.put("drydock.alerts.rules.database-away", "2s");
        settings.put("drydock.alerts.rules.skipped-cycles", "1000");
        return settings;
    }
}
