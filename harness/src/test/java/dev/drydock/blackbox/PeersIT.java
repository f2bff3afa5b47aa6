package dev.drydock.blackbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged program with model servers by others: {@code ./mvnw verify -Ppeers}. A local model needs two cores of its own. */
@Tag("peers")
@Tag("slow")
class PeersIT {

    private static final Duration LONG = Duration.ofMinutes(15);

    private final int port = FreePort.find();

    @ParameterizedTest
    @CsvSource({"--rpm, 30", "--error-rate, 429=0.2 500=0.1 503=0.1 400=0.05"})
    void a_chaos_server_finds_no_error_in_its_client(String option, String values) throws Exception {
        var faults = Stream.of(values.split(" ")).flatMap(value -> Stream.of(option, value));
        var arguments = Stream.concat(Stream.of("serve", "--host", "127.0.0.1", "--port", String.valueOf(port)), faults)
                .toArray(String[]::new);
        try (var server = Peer.start(port, "llmock", arguments);
                var environment = new TestEnvironment()) {
            environment.putAtOnce(messages(40));

            var run = run(environment, Map.of("OPENAI_BASE_URL", "http://127.0.0.1:" + port + "/v1"));

            var verdict = given().get("http://127.0.0.1:" + port + "/_llmock/verdict");
            assertThat(verdict.jsonPath().getInt("errors"))
                    .as(verdict.asString())
                    .isZero();
            assertThat(run.path("decided").asInt() + run.path("failed").asInt()).isEqualTo(40);
        }
    }

    @Test
    void a_local_model_with_one_slot_loses_no_call_to_its_queue() throws Exception {
        try (var server = Peer.start(port, "llama-server", String.valueOf(port), "1", "2048");
                var environment = new TestEnvironment()) {
            environment.putAtOnce(messages(30));

            var run = run(environment, local(Map.of("drydock.model.timeout", "6s")));

            assertThat(run.path("decided").asInt()).isEqualTo(30);
            assertThat(environment.count("model_call where fault is not null")).isZero();
        }
    }

    @Test
    void a_local_model_is_usable_by_the_check() throws Exception {
        try (var server = Peer.start(port, "llama-server", String.valueOf(port), "1", "2048");
                var environment = new TestEnvironment()) {
            var ended = Program.run(environment.settings(local(Map.of())), "model-check");

            assertThat(ended.exitCode()).as(ended.out()).isEqualTo(8);
            assertThat(ended.out()).contains("2048 by the server", "drydock.models.\"smollm2\".input-usd=");
        }
    }

    @Test
    void a_local_model_decides_the_samples_with_default_settings() throws Exception {
        try (var server = Peer.start(port, "llama-server", String.valueOf(port), "1", "2048");
                var environment = new TestEnvironment();
                var samples = Files.list(Path.of("samples/inbox"))) {
            var messages = new HashMap<String, String>();
            for (var sample : samples.toList()) {
                messages.put(sample.getFileName().toString(), Files.readString(sample));
            }
            environment.putAtOnce(messages);

            var run = run(environment, local(Map.of()));

            assertThat(run.path("decided").asInt()).isEqualTo(messages.size());
            assertThat(environment.count("entry where attempts > 0")).isZero();
            assertThat(environment.count("model_call where fault is not null")).isZero();
        }
    }

    private Map<String, String> local(Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("OPENAI_BASE_URL", "http://127.0.0.1:" + port + "/v1");
        settings.put("OPENAI_MODEL", "smollm2");
        return settings;
    }

    private static Map<String, String> messages(int number) {
        return IntStream.range(0, number)
                .boxed()
                .collect(Collectors.toMap(one -> one + ".txt", one -> "The export of report " + one + " fails."));
    }

    private static JsonNode run(TestEnvironment environment, Map<String, String> more) throws Exception {
        try (var program = Program.start(environment.settings(more), "run", "triage", "--json")) {
            return new ObjectMapper().readTree(program.awaitEnd(LONG).out());
        }
    }
}
