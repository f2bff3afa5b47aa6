package dev.drydock.blackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.drydock.FreePort;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The packaged program with LiteLLM between it and the model server, which rewords errors and drops their codes: {@code ./mvnw verify
 * -Ppeers}.
 */
@Tag("peers")
@Tag("slow")
class GatewayIT {

    private static final String MASTER_KEY = "sk-master";
    private static final String CONFIG = """
            model_list:
              - model_name: gpt-4.1-mini
                litellm_params: {model: openai/gpt-4.1-mini, api_base: "%s", api_key: sk-upstream}
            litellm_settings: {num_retries: 0}
            router_settings: {disable_cooldowns: true}
            general_settings: {master_key: %s}
            """;

    private static TestEnvironment environment;
    private static @Nullable Peer gateway;
    private static String baseUrl;

    @BeforeAll
    static void start() throws Exception {
        environment = new TestEnvironment();
        var config = Files.createTempFile(Path.of("target"), "litellm-", ".yaml");
        Files.writeString(config, CONFIG.formatted(environment.model().baseUrl(), MASTER_KEY));
        var port = FreePort.find();
        gateway = Peer.start(
                port, "litellm", "--config", config.toString(), "--host", "127.0.0.1", "--port", String.valueOf(port));
        baseUrl = "http://127.0.0.1:" + port + "/v1";
    }

    @AfterAll
    static void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        environment.close();
    }

    @BeforeEach
    void put_two_messages() throws Exception {
        environment.putAtOnce(Map.of("one.txt", "The export fails.", "other.txt", "The other export fails."));
    }

    @AfterEach
    void forget() throws Exception {
        environment.model().answerAll();
        environment.forget();
    }

    @ParameterizedTest
    @CsvSource({"OPENAI_API_KEY, sk-wrong, No connected db", "OPENAI_MODEL, gpt-none, Invalid model name"})
    void refuses_what_is_set_wrong_and_no_entry_is_blamed(String setting, String value, String sentence)
            throws Exception {
        var run = run(Map.of(setting, value));

        assertThat(run.path("outcome").asText()).isEqualTo("SKIPPED");
        assertThat(run.path("skipReason").asText()).isEqualTo("MODEL_REFUSES");
        assertThat(run.path("fault").asText()).contains(sentence);
        assertThat(environment.model().requests()).isZero();
        assertBlamed(0);
    }

    @Test
    void hands_on_that_the_account_is_empty() throws Exception {
        environment.model().answer(error(402, "Insufficient credits. Add more credits.", ""));

        var run = run(Map.of());

        assertThat(run.path("outcome").asText()).isEqualTo("SKIPPED");
        assertThat(run.path("skipReason").asText()).isEqualTo("QUOTA");
        assertThat(run.path("fault").asText()).contains("Insufficient credits");
        assertThat(environment.model().requests()).isLessThanOrEqualTo(2);
        assertBlamed(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "413 | Request too large for this model. | request_too_large",
                "400 | This model's maximum context length is 1024 tokens, your messages have 5000. | context_length_exceeded",
                "400 | The response was filtered due to the content management policy. | content_filter"
            })
    void hands_on_what_is_wrong_with_one_message_which_alone_is_blamed(int status, String sentence, String code)
            throws Exception {
        environment.model().answerAt("other", error(status, sentence, code));

        var run = run(Map.of());

        assertThat(run.path("outcome").asText()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(run.path("decided").asInt()).isEqualTo(1);
        assertThat(run.path("failed").asInt()).isEqualTo(1);
        assertThat(environment.ask("select fault from entry where attempts = 1"))
                .contains(sentence.replaceFirst(" is 1024.*|\\.$", ""));
        assertBlamed(1);
    }

    @Test
    void hands_on_which_part_of_the_request_is_refused_and_it_is_left_out() throws Exception {
        var refusal = "Invalid schema for response_format 'Triage': 'maxLength' is not permitted.";
        environment.model().answerAt("maxLength", error(400, refusal, "invalid_schema"));

        var run = run(Map.of());

        assertThat(run.path("decided").asInt()).isEqualTo(2);
        assertBlamed(0);
    }

    @Test
    void hands_on_when_the_model_server_takes_the_next_call() throws Exception {
        environment.model().answer(aResponse().withStatus(429).withHeader("Retry-After", "600"));

        var run = run(Map.of(), "--deadline", "10s");

        assertThat(run.path("outcome").asText()).isEqualTo("COMPLETED");
        assertThat(run.path("skipReason").asText()).isEqualTo("RATE_LIMITED");
        assertThat(environment.model().requests()).isLessThanOrEqualTo(2);
        assertBlamed(0);
    }

    @Test
    void names_what_an_answer_costs() throws Exception {
        var run = run(Map.of("drydock.models.\"gpt-4.1-mini\".input-usd", "99"));

        assertThat(run.path("decided").asInt()).isEqualTo(2);
        assertThat(new BigDecimal(run.path("costUsd").asText()))
                .isEqualByComparingTo("0.000144"); // 100 tokens in, 20 out, each
        assertThat(environment.ask("select distinct cost_origin from model_call"))
                .isEqualTo("x-litellm-response-cost");
    }

    @Test
    void passes_the_check_of_the_model() throws Exception {
        var ended = Program.run(settings(Map.of()), "model-check", "--json");

        assertThat(ended.exitCode()).as(ended.out()).isIn(0, 8);
        assertThat(new ObjectMapper().readTree(ended.out()).path("usable").asBoolean())
                .isTrue();
    }

    private static ResponseDefinitionBuilder error(int status, String sentence, String code) {
        return jsonResponse(Map.of("error", Map.of("message", sentence, "code", code)), status);
    }

    private static Map<String, String> settings(Map<String, String> more) {
        var settings = new HashMap<>(environment.settings());
        settings.putAll(Map.of("OPENAI_BASE_URL", baseUrl, "OPENAI_API_KEY", MASTER_KEY));
        settings.putAll(more);
        return settings;
    }

    private static JsonNode run(Map<String, String> more, String... arguments) throws Exception {
        var command = Stream.concat(Stream.of("run", "triage", "--json"), Stream.of(arguments));
        return new ObjectMapper()
                .readTree(Program.run(settings(more), command.toArray(String[]::new))
                        .out());
    }

    private static void assertBlamed(int attempts) throws Exception {
        assertThat(environment.ask("select coalesce(sum(attempts), 0) from entry"))
                .isEqualTo(String.valueOf(attempts));
    }
}
