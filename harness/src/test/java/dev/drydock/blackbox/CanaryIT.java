package dev.drydock.blackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret and a message that nobody may read in a log, whatever happens to them on their way. */
class CanaryIT {

    private static final TestEnvironment ENVIRONMENT = new TestEnvironment();

    private static final String KEY = "no-known-shape-" + UUID.randomUUID();
    private static final String SECRET =
            "sk-canary" + UUID.randomUUID().toString().replace("-", "");
    private static final String BODY = "canary" + UUID.randomUUID().toString().replace("-", "");
    private static final String TEXT = "Subject line " + BODY + "\nMy key is " + SECRET + ", I am " + BODY + ".";

    @AfterAll
    static void stop() throws Exception {
        ENVIRONMENT.close();
    }

    /** What a model server may do, most of it quoting what it was sent. */
    private static final String ECHO =
            "{\"error\": {\"message\": \"cannot read: " + BODY + " " + SECRET + " " + KEY + "\"}}";

    private static final Map<String, List<ResponseDefinitionBuilder>> FAILURES = Map.of(
            "shadow",
            List.of(
                    aResponse().withStatus(400).withBody(ECHO),
                    aResponse().withStatus(401).withBody(ECHO),
                    aResponse().withStatus(404).withBody(ECHO),
                    aResponse().withStatus(500).withBody(ECHO),
                    aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                    aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
                    aResponse().withStatus(200).withBody("no JSON, but " + ECHO),
                    aResponse().withStatus(200).withBody("{}").withFixedDelay(2_500)),
            "review",
            List.of(aResponse().withStatus(400).withBody(ECHO)),
            "live",
            List.of(
                    aResponse().withStatus(400).withBody(ECHO),
                    MockModel.completion("I think " + BODY + " and " + SECRET),
                    MockModel.completion("{\\\"category\\\": \\\"" + BODY + "\\\"}")));

    @ParameterizedTest
    @ValueSource(strings = {"shadow", "review", "live"})
    void stand_in_no_log_line_when_the_model_or_the_receiver_fails_or_all_is_well(String mode) throws Exception {
        try (var program = ServingProgram.start(ENVIRONMENT, settings(mode))) {
            for (var failure : FAILURES.getOrDefault(mode, List.of())) {
                ENVIRONMENT.model().answer(failure);
                ENVIRONMENT.put(UUID.randomUUID() + ".txt", TEXT);

                program.run();

                assertThat(ENVIRONMENT.latestRun(
                                "decided = 0 and (outcome <> 'COMPLETED' or skip_reason = 'RATE_LIMITED')"))
                        .isEqualTo("t");
            }
            ENVIRONMENT.model().answer();
            ENVIRONMENT.put(UUID.randomUUID() + ".txt", TEXT);
            for (var receiver : List.of(aResponse().withStatus(500).withBody("what is " + BODY + SECRET), ok())) {
                ENVIRONMENT.model().slackAnswers(receiver);
                program.run();
            }
            assertThat(ENVIRONMENT.ask("select sum(decided) > 0 from run where mode ilike '" + mode + "'"))
                    .isEqualTo("t");

            var ended = program.terminate();
            assertThat(ended.err()).contains("Cycle of triage ended");
            assertQuotesNothing(ended);
        }
    }

    @Test
    void stand_in_no_log_line_when_the_model_limits_the_rate() throws Exception {
        ENVIRONMENT
                .model()
                .answer(aResponse().withStatus(429).withBody(BODY + SECRET).withHeader("Retry-After", "1"));

        ENVIRONMENT.put(UUID.randomUUID() + ".txt", TEXT);

        var ended = Program.run(settings("shadow"), "run", "triage", "--deadline", "3s");

        assertThat(ended.out()).contains("COMPLETED (RATE_LIMITED)");
        assertQuotesNothing(ended);
    }

    private static Map<String, String> settings(String mode) {
        return ENVIRONMENT.settings(Map.of(
                "drydock.mode",
                mode,
                "drydock.model.timeout",
                "2s",
                // so many failures in a row are no outage here
                "quarkus.fault-tolerance.\"dev.drydock.model.RouteCall/intercept\".circuit-breaker.request-volume-threshold",
                "1000",
                "quarkus.fault-tolerance.global.retry.delay",
                "1",
                "quarkus.fault-tolerance.global.retry.jitter",
                "1",
                "OPENAI_API_KEY",
                KEY,
                "SLACK_WEBHOOK_URL",
                ENVIRONMENT.model().slackUrl()));
    }

    private static void assertQuotesNothing(Program.Ended ended) {
        assertThat(ended.err()).doesNotContain(BODY).doesNotContain(SECRET).doesNotContain(KEY);
        assertThat(ended.out()).doesNotContain(BODY).doesNotContain(SECRET).doesNotContain(KEY);
    }
}
