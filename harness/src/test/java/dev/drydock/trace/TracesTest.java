package dev.drydock.trace;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.drydock.model.ModelServer.completion;
import static dev.drydock.model.ModelServer.toolCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.journal.JournalQueries;
import dev.drydock.model.ModelServer;
import dev.drydock.run.AgentRunner;
import dev.drydock.tool.Operator;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What backends are sent of a run, decoded from what arrives. */
@QuarkusTest
@WithTestResource(Servers.class)
class TracesTest {

    private static final String OTLP = "/v1/traces";
    private static final String LANGSMITH = "/otel/v1/traces";
    private static final String LANGFUSE = "/api/public/otel/v1/traces";

    @ModelServer.Inject
    ModelServer model;

    @TraceReceiver.Inject
    TraceReceiver receiver;

    @Inject
    Operator operator;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    TraceExport export;

    private final NoteAgent agent = new NoteAgent("a", "b", "c");

    @Test
    void show_a_run_of_three_entries_as_one_tree() {
        model.answerContent("it is done");
        model.answerFirst(toolCall("light", "{\"room\":\"hall\"}"));

        var trace = run();

        assertThat(TraceReceiver.tree(trace).replace(agent.spec().name(), "notes"))
                .isEqualTo("""
                invoke_agent notes
                  fetch
                  decide
                    chat mock-1
                    execute_tool light
                    chat mock-1
                  decide
                    chat mock-1
                    execute_tool light
                    chat mock-1
                  decide
                    chat mock-1
                    execute_tool light
                    chat mock-1
                  deliver
                  deliver
                  deliver
                """);
    }

    @Test
    void carry_the_names_of_the_conventions_and_those_that_backends_read_besides() {
        model.answerContent("it is done, jo@example.com");

        var attributes = TraceReceiver.attributes(first(run(), "chat mock-1"));

        assertThat(attributes)
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.request.model", "mock-1")
                .containsEntry("gen_ai.response.model", "mock-1-2026")
                .containsEntry("gen_ai.response.id", "c-1")
                .containsEntry("gen_ai.response.finish_reasons", "[stop]")
                .containsEntry("gen_ai.usage.input_tokens", "120")
                .containsEntry("gen_ai.usage.cache_read.input_tokens", "20")
                .containsEntry("gen_ai.usage.output_tokens", "30")
                .containsEntry("gen_ai.usage.reasoning.output_tokens", "10")
                .containsEntry("gen_ai.usage.cost", "1.7E-4")
                .containsEntry("gen_ai.prompt.name", "Operator.operate")
                .containsEntry("gen_ai.prompt.0.role", "system")
                .containsEntry("gen_ai.prompt.0.content", "Operate the levers.")
                .containsEntry("gen_ai.completion.0.content", "it is done, jo@example.com")
                .containsEntry("langsmith.span.kind", "llm");
        assertThat(attributes.get("gen_ai.input.messages"))
                .startsWith("[{")
                .contains("\"role\":\"system\"", "\"parts\":[{", "\"type\":\"text\"");
        assertThat(attributes.get("gen_ai.output.messages")).contains("it is done");
    }

    @Test
    void carry_no_half_of_a_secret_where_a_long_text_is_cut() {
        model.answerContent("x".repeat(19_990) + " sk-proj-abcdefghijklmnopqrstuvwx");

        var attributes = TraceReceiver.attributes(first(run(), "chat mock-1"));

        assertThat(attributes.get("gen_ai.completion.0.content")).endsWith("x [secret]");
        assertThat(attributes.values()).noneMatch(value -> value.contains("sk-proj"));
    }

    @Test
    void go_to_all_backends_at_once_each_with_its_own_headers() {
        model.answerContent("done");
        run();

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(receiver.trace(LANGFUSE, root()))
                        .hasSizeGreaterThan(6)
                        .hasSameSizeAs(receiver.trace(LANGSMITH, root()))
                        .hasSameSizeAs(receiver.trace(OTLP, root())));
        var otlp = receiver.requestsTo(OTLP).get(0);
        assertThat(otlp.getHeader("x-team")).isEqualTo("night watch");
        assertThat(otlp.getHeader("Content-Type")).isEqualTo("application/x-protobuf");
        var langsmith = receiver.requestsTo(LANGSMITH).get(0);
        assertThat(langsmith.getHeader("x-api-key")).isEqualTo("lsv2_test");
        assertThat(langsmith.getHeader("Langsmith-Project")).isEqualTo("drydock-tests");
        var langfuse = receiver.requestsTo(LANGFUSE).get(0);
        assertThat(langfuse.getHeader("Authorization")).isEqualTo("Basic cGstbGYtMTpzay1sZi0x");
        assertThat(langfuse.getHeader("x-langfuse-ingestion-version")).isEqualTo("4");
    }

    @Test
    void mark_a_call_that_failed_and_quote_nothing() {
        model.answerInTurn(aResponse().withStatus(500).withBody("the prompt was: text of a"), completion("done"));

        var failed = run().stream()
                .filter(span -> span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR)
                .findFirst()
                .orElseThrow();

        assertThat(failed.getName()).isEqualTo("chat mock-1");
        assertThat(TraceReceiver.attributes(failed))
                .containsEntry("error.type", "dev.drydock.model.ModelUnavailableException");
        assertThat(failed.getEventsList()).isEmpty();
        assertThat(failed.getStatus().getMessage()).isEmpty();
    }

    @Test
    void carry_the_id_that_the_journal_knows_the_run_by() {
        model.answerContent("done");
        var root = run().get(0);

        var run = journal.runs(agent.spec().name(), 1).get(0);

        assertThat(TraceReceiver.attributes(root))
                .containsEntry("drydock.run.id", run.id().toString());
        var bytes = root.getTraceId().toByteArray();
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(run.traceId());
    }

    private List<Span> run() {
        agent.decide = note -> new Verdict(operator.operate(note.text()));
        runner.run(agent.in(Mode.LIVE));
        export.forceFlush();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !receiver.trace(OTLP, root()).isEmpty());
        return receiver.trace(OTLP, root());
    }

    private String root() {
        return "invoke_agent " + agent.spec().name();
    }

    private static Span first(List<Span> spans, String name) {
        return Objects.requireNonNull(spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElse(null));
    }
}
