package dev.drydock.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.drydock.JavaProcess;
import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.journal.CallRecords;
import dev.drydock.journal.CostFigures;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.RunResult;
import dev.drydock.journal.SkipReason;
import dev.drydock.journal.SpendLedger;
import dev.langchain4j.model.chat.ChatModel;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions that are asked for in one run and made in a later one, by the provider's batch endpoint. */
@QuarkusTest
@WithTestResource(Servers.class)
class BatchTest {

    private static final String FINE = "{\\\"mood\\\":\\\"FINE\\\",\\\"why\\\":\\\"it is\\\"}";

    @ModelServer.Inject
    ModelServer server;

    @Inject
    ChatModel model;

    @Inject
    Door door;

    @Inject
    SpendLedger ledger;

    @Inject
    CostFigures costs;

    @Inject
    CallRecords records;

    @Inject
    MovableClock clock;

    @Inject
    ObjectMapper json;

    private NoteAgent agent;

    @BeforeEach
    void start_anew() {
        door.closeCircuits();
        server.answerContent("{}");
        stub();
        agent = Asking.about(3, model);
        agent.batch = true;
    }

    private void stub() {
        server.forget();
        server.answer(post(urlPathEqualTo("/v1/files")), okJson("{\"id\":\"file-in\"}"));
        creates(okJson("{\"id\":\"batch-1\",\"status\":\"validating\"}"));
        lists("[]");
    }

    @Test
    void asks_in_one_run_and_decides_in_a_later_one_at_half_the_price() {
        var sent = run();

        assertThat(sent.outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(sent.counts().decided()).isZero();
        assertThat(sent.counts().waiting()).isEqualTo(3);
        assertThat(lines()).hasSize(3).allSatisfy((note, line) -> {
            assertThat(line.path("method").asText()).isEqualTo("POST");
            assertThat(line.path("url").asText()).isEqualTo("/v1/chat/completions");
            assertThat(line.path("body").path("model").asText()).isEqualTo("mock-1");
        });
        assertThat(creations())
                .singleElement()
                .satisfies(body -> assertThat(body)
                        .contains(
                                "\"input_file_id\":\"file-in\"",
                                "\"completion_window\":\"24h\"",
                                "\"drydock_batch\":"));

        progress("in_progress", "null", "null");
        assertThat(run().counts().decided()).isZero();
        assertThat(agent.decided)
                .as("entries that wait for an answer are not begun")
                .hasSize(3);

        over("completed", Map.of("0", answer(), "1", answer(), "2", answer()), Map.of());
        assertThat(run().counts().decided()).isEqualTo(3);
        assertThat(creations()).hasSize(1);
        assertThat(server.requests()).as("single calls").isZero();
        assertThat(door.entries(agent, EntryState.SHADOWED)).hasSize(3);
        assertThat(door.allCalls(agent)).hasSize(3).allSatisfy(call -> {
            assertThat(call.costUsd())
                    .isEqualByComparingTo("0.000085"); // half of 100 at 1, 20 at 0.5, 30 at 2, a million
            assertThat(call.costOrigin()).isEqualTo("price of mock-1, in a batch");
            assertThat(call.route().why()).isEqualTo("batch");
            assertThat(call.response()).contains("FINE");
        });
    }

    @Test
    void holds_the_money_until_the_answer_is_used() {
        var spending = agent.spending("0.004"); // a single call may cost 0.002, one in a batch 0.001
        door.run(spending);
        var held = day();
        assertThat(held.spentUsd()).isZero();
        assertThat(held.reservedUsd()).isPositive().isLessThan(new BigDecimal("0.004"));

        over("completed", Map.of("0", answer(), "1", answer(), "2", answer()), Map.of());
        door.run(spending);

        assertThat(day().reservedUsd()).isZero();
        assertThat(day().spentUsd()).isEqualByComparingTo(door.cost(agent)).isEqualByComparingTo("0.000255");
    }

    @Test
    void records_an_answer_that_was_paid_and_not_used() {
        var spending = agent.spending("0.004");
        door.run(spending);
        agent.decide = note -> new NoteAgent.Verdict("decided without a model");
        over("completed", Map.of("0", answer(), "1", answer(), "2", answer()), Map.of());

        assertThat(door.run(spending).counts().decided()).isEqualTo(3);
        door.run(spending); // records nothing twice

        assertThat(day().reservedUsd()).isZero();
        assertThat(day().spentUsd()).isEqualByComparingTo("0.000255");
        assertThat(door.allCalls(agent)).isEmpty();
        assertThat(costs.spend(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                                .minusDays(1))
                        .sites())
                .filteredOn(site -> site.agent().equals(agent.spec().name()))
                .singleElement()
                .satisfies(site -> assertThat(site.usd()).isEqualByComparingTo("0.000255"));
        assertThat(records.costOrigins(agent.spec().name()))
                .hasSize(3)
                .allSatisfy(origin -> assertThat(origin)
                        .matches("price of mock-1, in a batch; not used: entry .* is SHADOWED without it"));
    }

    @Test
    void sends_what_the_budget_allows_and_no_more() {
        var result = door.run(agent.spending("0.0012"));

        assertThat(result.skipReason()).isEqualTo(SkipReason.BUDGET_SPENT);
        assertThat(lines()).hasSizeBetween(1, 2);
        assertThat(day().reservedUsd()).isLessThanOrEqualTo(new BigDecimal("0.0012"));
    }

    @Test
    void asks_again_what_expired_and_counts_what_was_refused() {
        server.answerContent("{\"mood\":\"FINE\",\"why\":\"it is\"}");
        door.run(Asking.about(1, model).in(Mode.SHADOW)); // then a schema is known to be no reason for a refusal
        stub();
        run();
        over(
                "expired",
                Map.of("0", answer()),
                Map.of(
                        "1", """
                        "response":null,"error":{"code":"batch_expired",\
                        "message":"This request could not be executed before the completion window expired."}""",
                        "2", """
                        "response":{"status_code":400,"request_id":"r","body":{"error":{"message":"Invalid 'messages'."}}},\
                        "error":null"""));
        creates(okJson("{\"id\":\"batch-2\",\"status\":\"validating\"}"));

        var result = run();

        assertThat(result.counts().decided()).isEqualTo(1);
        assertThat(entry("0").state()).isEqualTo(EntryState.SHADOWED);
        assertThat(entry("1")).satisfies(waits -> {
            assertThat(waits.state()).isEqualTo(EntryState.ADMITTED);
            assertThat(waits.attempts()).isZero();
        });
        assertThat(entry("2")).satisfies(failed -> {
            assertThat(failed.attempts()).isEqualTo(1);
            assertThat(failed.fault()).contains("Invalid 'messages'.");
        });
        assertThat(creations()).hasSize(2);
        assertThat(lines()).containsOnlyKeys("1");
    }

    @Test
    void sends_no_second_batch_if_the_answer_to_the_first_was_lost() {
        creates(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        var lost = run();
        assertThat(lost.skipReason()).isEqualTo(SkipReason.MODEL_DOWN);
        var id = ourId(creations().get(0));
        lists("[{\"id\":\"batch-1\",\"metadata\":{\"drydock_batch\":\"%s\"}}]".formatted(id));
        over("completed", Map.of("0", answer(), "1", answer(), "2", answer()), Map.of());

        assertThat(run().counts().decided()).isEqualTo(3);
        assertThat(creations()).hasSize(1);
    }

    @Test
    void pays_nothing_twice_if_the_process_is_killed_while_it_sends() throws Exception {
        server.answer(post(urlPathEqualTo("/v1/files")), aResponse().withStatus(500));
        run();
        server.answer(post(urlPathEqualTo("/v1/files")), okJson("{\"id\":\"file-in\"}"));
        creates(okJson("{\"id\":\"batch-1\"}").withFixedDelay(600_000));
        var process = sender();
        await().atMost(Duration.ofMinutes(2)).until(() -> creations().size() == 1);
        process.destroyForcibly().waitFor();

        lists(
                "[{\"id\":\"batch-0\",\"input_file_id\":\"file-other\"},{\"id\":\"batch-1\",\"input_file_id\":\"file-in\"}]");
        over("completed", Map.of("0", answer(), "1", answer(), "2", answer()), Map.of());
        var result = run();

        assertThat(result.counts().decided()).isEqualTo(3);
        assertThat(creations()).as("batches that were started").hasSize(1);
        assertThat(door.allCalls(agent))
                .hasSize(3)
                .extracting(ModelCall::costUsd)
                .doesNotContain(BigDecimal.ZERO);
    }

    @Test
    void says_what_a_server_without_batches_answers() {
        server.answer(post(urlPathEqualTo("/v1/files")), aResponse().withStatus(404));

        var result = run();

        assertThat(result.skipReason()).isEqualTo(SkipReason.MODEL_REFUSES);
        assertThat(result.fault()).contains("could not be sent as a batch", "404");

        agent.batch = false;
        server.answerContent("{\"mood\":\"FINE\",\"why\":\"it is\"}");
        assertThat(run().counts().decided()).as("once batches are off").isEqualTo(3);
    }

    private RunResult run() {
        return door.run(agent.in(Mode.SHADOW));
    }

    private Process sender() throws Exception {
        var settings = ConfigProvider.getConfig();
        var jdbcUrl = settings.getValue("quarkus.datasource.jdbc.url", String.class);
        var user = settings.getValue("quarkus.datasource.username", String.class);
        return JavaProcess.of(
                        BatchSender.class,
                        jdbcUrl + (jdbcUrl.contains("?") ? "&" : "?") + "user=" + user,
                        server.baseUrl(),
                        agent.spec().name())
                .inheritIO()
                .start();
    }

    private void creates(ResponseDefinitionBuilder response) {
        server.answer(post(urlPathEqualTo("/v1/batches")), response);
    }

    private void lists(String batches) {
        server.answer(
                get(urlPathEqualTo("/v1/batches")), okJson("{\"data\":%s,\"has_more\":false}".formatted(batches)));
    }

    private void over(String status, Map<String, String> answers, Map<String, String> errors) {
        progress(status, content("file-out", answers), content("file-err", errors));
    }

    private void progress(String status, String output, String errors) {
        server.answer(
                get(urlPathEqualTo("/v1/batches/batch-1")),
                okJson("{\"id\":\"batch-1\",\"status\":\"%s\",\"output_file_id\":%s,\"error_file_id\":%s}"
                        .formatted(status, output, errors)));
    }

    /** A file with a line for each of these notes. */
    private String content(String file, Map<String, String> results) {
        var ids = lines();
        var text = results.entrySet().stream()
                .map(result -> "{\"id\":\"batch_req_%1$s\",\"custom_id\":\"%2$s\",%3$s}"
                        .formatted(
                                result.getKey(),
                                Objects.requireNonNull(ids.get(result.getKey()))
                                        .path("custom_id")
                                        .asText(),
                                result.getValue()))
                .collect(Collectors.joining("\n"));
        server.answer(
                get(urlPathEqualTo("/v1/files/" + file + "/content")),
                aResponse().withBody(text));
        return results.isEmpty() ? "null" : '"' + file + '"';
    }

    private static String answer() {
        return """
                "response":{"status_code":200,"request_id":"r","body":{"id":"c-1","object":"chat.completion","model":"mock-1",\
                "choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"%s"}}],\
                "usage":{"prompt_tokens":120,"completion_tokens":30,"total_tokens":150,\
                "prompt_tokens_details":{"cached_tokens":20}}}},"error":null""".formatted(FINE);
    }

    /** The requests of the file that was uploaded last, by the note that they are about. */
    private Map<String, JsonNode> lines() {
        var uploads = server.received("POST", "/v1/files");
        var lines = new LinkedHashMap<String, JsonNode>();
        uploads.get(uploads.size() - 1)
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(this::tree)
                .forEach(line -> lines.put(
                        Stream.of("0", "1", "2")
                                .filter(note -> line.toString().contains("text of " + note))
                                .findFirst()
                                .orElseThrow(),
                        line));
        return lines;
    }

    private List<String> creations() {
        return server.received("POST", "/v1/batches");
    }

    private String ourId(String creation) {
        return tree(creation).path("metadata").path("drydock_batch").asText();
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private Entry entry(String note) {
        return door.journal().entries(agent.spec().name(), null, 10).stream()
                .filter(entry -> entry.itemId().equals(note))
                .findFirst()
                .orElseThrow();
    }

    private SpendLedger.Day day() {
        return ledger.day(agent.spec().name(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .orElseThrow();
    }
}
