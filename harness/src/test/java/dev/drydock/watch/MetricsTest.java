package dev.drydock.watch;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.ClockedInbox;
import dev.drydock.Servers;
import dev.drydock.config.Agents;
import dev.drydock.model.ModelServer;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
@QuarkusTest
@WithTestResource(Servers.class)
class MetricsTest {

    @ModelServer.Inject
    ModelServer server;

    @Inject
    Agents agents;

    @Inject
    AgentRunner runner;

    @Inject
    CircuitBreakerMaintenance circuits;

    @Inject
    ClockedInbox inbox;

    @BeforeEach
    void start_anew() {
        circuits.resetAll();
        server.answer("BUG");
    }

    @Test
    void says_what_the_agents_did_and_what_it_took() throws Exception {
        triage("The export fails.");

        assertThat(metrics())
                .contains(
                        "drydock_runs_total{agent=\"triage\",mode=\"shadow\",outcome=\"COMPLETED\",skip_reason=\"none\"}")
                .contains("drydock_decisions_total{agent=\"triage\",by=\"model\",label=\"BUG\"}")
                .contains("drydock_entries{agent=\"triage\",state=\"SHADOWED\"}")
                .contains("drydock_entries_held{agent=\"triage\",reason=\"CLAIM\"} 0.0")
                .contains("drydock_alert_open{agent=\"triage\",rule=\"inputs-gone\"}")
                .contains("drydock_model_call_seconds_bucket{model=\"mock-1\",outcome=\"ok\",le=\"1.0\"}")
                .contains("drydock_model_tokens_total{kind=\"input\",model=\"mock-1\"}")
                .contains("drydock_cost_usd_total{agent=\"triage\",model=\"mock-1\"}")
                .contains("drydock_outbox_oldest_seconds{agent=\"triage\"} 0.0")
                .contains("drydock_last_completed_timestamp_seconds{agent=\"triage\"}")
                .contains("drydock_interval_seconds{agent=\"triage\"} 300.0")
                .contains("drydock_circuit_open{circuit=\"source of triage\"} 0.0");
    }

    @Test
    void counts_errors_by_where_they_happen_and_quotes_nobody() throws Exception {
        server.fail(400);
        var canary = "canary-" + UUID.randomUUID();
        server.answerInTurn(
                aResponse().withStatus(400).withBody("{\"error\":{\"message\":\"" + canary + "\"}}"),
                aResponse().withStatus(400).withBody("{\"error\":{\"message\":\"" + canary + "\"}}"));

        triage("A strange message.");

        assertThat(metrics())
                .contains("drydock_errors_total{agent=\"triage\",stage=\"decide\"}")
                .contains("outcome=\"error\"")
                .doesNotContain(canary);
    }

    @Test
    void exports_what_the_alert_rules_and_the_dashboard_read() throws Exception {
        triage("Another message.");
        var exported = metrics();
        var onlySometimes =
                Pattern.compile("drydock_(budget|spans|repairs|cuts|unpriced|errors)\\w*|ft_retry_retries_total");

        for (var file : new String[] {"alerts.yml", "dashboard.json"}) {
            var text = Files.readString(Path.of("templates/monitoring", file));
            var names = Pattern.compile("\\b(drydock|ft)_[a-z_]+")
                    .matcher(text)
                    .results()
                    .map(found -> found.group())
                    .filter(name -> !onlySometimes.matcher(name).matches())
                    .collect(Collectors.toSet());
            assertThat(names)
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(exported).contains(name));
        }
    }

    private void triage(String text) throws Exception {
        inbox.put(UUID.randomUUID() + ".txt", text);
        runner.run(agents.named("triage").orElseThrow());
    }

    private static String metrics() {
        return get("/q/metrics").then().statusCode(200).extract().asString();
    }
}
