package dev.drydock.blackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.trace.TraceReceiver;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** The door to the models, in the packaged program. */
@Execution(CONCURRENT)
@Order(1) // among the longest, which must not be the last
class DoorIT {

    private static final String LONG = "Words and more words. ".repeat(40_000);

    private final TestEnvironment environment = new TestEnvironment();
    private final TraceReceiver traces = new TraceReceiver();
    private final ObjectMapper json = new ObjectMapper();

    @BeforeEach
    void put_three_messages() throws Exception {
        for (var name : new String[] {"one", "two", "three"}) {
            environment.put(name + ".txt", "The export " + name + " fails.");
        }
    }

    @AfterEach
    void stop() throws Exception {
        environment.close();
        traces.stop();
    }

    @Test
    void sends_its_trace_before_a_single_run_ends_and_writes_ten_lines_each_with_its_id() throws Exception {
        var endpoint = traces.start().get("drydock.traces.endpoint");

        var ended = program(Map.of("drydock.mode", "live", "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint));

        var trace = traces.trace("/v1/traces", "invoke_agent triage");
        assertThat(TraceReceiver.tree(trace)).isEqualTo("""
                invoke_agent triage
                  fetch
                  decide
                    chat gpt-4.1-mini
                  decide
                    chat gpt-4.1-mini
                  decide
                    chat gpt-4.1-mini
                  deliver
                  deliver
                  deliver
                """);
        assertThat(trace.stream()
                        .filter(span -> span.getName().startsWith("chat"))
                        .map(TraceReceiver::attributes))
                .allSatisfy(span -> assertThat(span)
                        .containsEntry("gen_ai.usage.input_tokens", "100")
                        .containsKeys("gen_ai.usage.cost", "gen_ai.input.messages", "langsmith.span.kind"));
        assertEachLineHasItsTrace(ended);
    }

    private void assertEachLineHasItsTrace(Program.Ended ended) {
        var lines = ended.err()
                .lines()
                .filter(line -> line.contains("\"runId\""))
                .map(this::parse)
                .toList();
        assertThat(lines).hasSizeBetween(3, 12);
        assertThat(lines)
                .allSatisfy(line -> Stream.of("runId", "agent", "mode", "traceId")
                        .forEach(
                                field -> assertThat(line.path("mdc").path(field).asText())
                                        .as("%s in %s", field, line)
                                        .isNotEmpty()));
    }

    @Test
    void is_not_held_up_by_a_backend_that_is_dead() throws Exception {
        var run = run(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"));

        assertThat(run.path("outcome").asText()).isEqualTo("COMPLETED");
    }

    @Test
    void keeps_to_the_budget_and_loses_nothing() throws Exception {
        var spent = run(Map.of("DRYDOCK_BUDGET_DAILY_USD", "0.001"));
        assertThat(spent.path("outcome").asText()).isEqualTo("SKIPPED");
        assertThat(spent.path("skipReason").asText()).isEqualTo("BUDGET_SPENT");

        var after = run(Map.of("DRYDOCK_BUDGET_DAILY_USD", "1.00"));
        assertThat(after.path("decided").asInt()).isEqualTo(3);
        assertThat(after.path("costUsd").asText()).isEqualTo("0.000216"); // 3 times 100 x 0.40 + 20 x 1.60, a million
    }

    @Test
    void refuses_a_budget_that_nobody_can_count() throws Exception {
        var ended = program(Map.of("DRYDOCK_BUDGET_DAILY_USD", "1.00", "OPENAI_MODEL", "llama-of-my-own"));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("drydock.models.\"llama-of-my-own\".input-usd");
    }

    @Test
    void cuts_what_is_too_long_and_repairs_what_is_no_json() throws Exception {
        environment.put("long.txt", LONG);
        environment.model().answer(MockModel.completion("not JSON"));
        try (var serving = serving(Map.of("OPENAI_MODEL", "gpt-4o-mini"))) {
            serving.run();
            assertThat(environment.latestRun("outcome || ', ' || failed")).isEqualTo("COMPLETED_WITH_ERRORS, 4");
            assertThat(environment.model().requests()).isEqualTo(12);

            environment.model().answer();
            serving.run();
            assertThat(environment.latestRun("decided")).isEqualTo("4");
            assertThat(environment.model().longestRequest()).isLessThan(LONG.length());
        }
    }

    @Test
    void blames_no_entry_while_the_account_is_empty() throws Exception {
        environment.model().answer(jsonResponse("{\"error\": {\"message\": \"Payment Required\"}}", 402));
        try (var serving = serving(Map.of())) {
            for (int run = 0; run < 3; run++) {
                serving.run();
                assertThat(environment.latestRun("skip_reason")).isEqualTo("QUOTA");
            }
            assertThat(environment.ask("select count(*) from entry where attempts > 0"))
                    .isEqualTo("0");

            environment.model().answer();
            serving.run();
            assertThat(environment.latestRun("decided")).isEqualTo("3");
            assertThat(environment.ask("select sum(attempts) from entry")).isEqualTo("0");
        }
    }

    private JsonNode run(Map<String, String> settings) throws Exception {
        return parse(program(settings).out());
    }

    private ServingProgram serving(Map<String, String> more) throws Exception {
        return ServingProgram.start(environment, environment.settings(more));
    }

    private Program.Ended program(Map<String, String> more) throws Exception {
        return Program.run(environment.settings(more), "run", "triage", "--json");
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
