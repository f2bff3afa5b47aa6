package dev.drydock.blackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
    static Stream<Arguments> failures() {
        var echo = "{\"error\": {\"message\": \"cannot read: " + BODY + " " + SECRET + " " + KEY + "\"}}";
        return Stream.of(
                Arguments.of("shadow", aResponse().withStatus(400).withBody(echo)),
                Arguments.of("shadow", aResponse().withStatus(401).withBody(echo)),
                Arguments.of("shadow", aResponse().withStatus(404).withBody(echo)),
                Arguments.of("shadow", aResponse().withStatus(500).withBody(echo)),
                Arguments.of("shadow", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                Arguments.of("shadow", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                Arguments.of("shadow", aResponse().withStatus(200).withBody("no JSON, but " + echo)),
                Arguments.of(
                        "shadow", aResponse().withStatus(200).withBody("{}").withFixedDelay(2_500)),
                Arguments.of("review", aResponse().withStatus(400).withBody(echo)),
                Arguments.of("live", aResponse().withStatus(400).withBody(echo)),
                Arguments.of("live", MockModel.completion("I think " + BODY + " and " + SECRET)),
                Arguments.of("live", MockModel.completion("{\\\"category\\\": \\\"" + BODY + "\\\"}")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void stand_in_no_log_line_when_the_model_fails(String mode, ResponseDefinitionBuilder failure) throws Exception {
        ENVIRONMENT.model().answer(failure);

        var ended = run(mode);

        assertThat(ended.out()).contains(" 0 decided");
        assertThat(ended)
                .satisfiesAnyOf(
                        end -> assertThat(end.exitCode()).isNotZero(),
                        end -> assertThat(end.out()).startsWith("COMPLETED (RATE_LIMITED)"));
        assertThat(ended.err()).contains("Cycle of triage ended");
        assertQuotesNothing(ended);
    }

    @Test
    void stand_in_no_log_line_when_the_model_limits_the_rate() throws Exception {
        ENVIRONMENT
                .model()
                .answer(aResponse().withStatus(429).withBody(BODY + SECRET).withHeader("Retry-After", "1"));

        var ended = run("shadow");

        assertThat(ended.out()).contains("COMPLETED (RATE_LIMITED)");
        assertQuotesNothing(ended);
    }

    @Test
    void stand_in_no_log_line_when_all_is_well_or_the_receiver_fails() throws Exception {
        for (var mode : new String[] {"shadow", "review", "live"}) {
            ENVIRONMENT.model().answer();
            ENVIRONMENT.model().slackAnswers(aResponse().withStatus(500).withBody("what is " + BODY + SECRET));

            assertQuotesNothing(run(mode));
        }
    }

    private Program.Ended run(String mode) throws Exception {
        ENVIRONMENT.put(UUID.randomUUID() + ".txt", TEXT);
        var settings = ENVIRONMENT.settings();
        settings.putAll(Map.of(
                "drydock.mode",
                mode,
                "drydock.model.timeout",
                "2s",
                "quarkus.fault-tolerance.global.retry.delay",
                "1",
                "quarkus.fault-tolerance.global.retry.jitter",
                "1",
                "OPENAI_API_KEY",
                KEY,
                "SLACK_WEBHOOK_URL",
                ENVIRONMENT.model().slackUrl()));
        return Program.run(settings, "run", "triage", "--deadline", "3s");
    }

    private static void assertQuotesNothing(Program.Ended ended) {
        assertThat(ended.err()).doesNotContain(BODY).doesNotContain(SECRET).doesNotContain(KEY);
        assertThat(ended.out()).doesNotContain(BODY).doesNotContain(SECRET).doesNotContain(KEY);
    }
}
