package dev.drydock.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.not;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server of chat completions that answers as a test tells it to, over a real socket. */
public class ModelServer implements QuarkusTestResourceLifecycleManager {

    private static final String PATH = "/v1/chat/completions";
    private static final int LAST = 10;

    private final WireMockServer server = new WireMockServer(WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .containerThreads(300));

    /** Marks where a test wants the server. */
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Inject {}

    @Override
    public Map<String, String> start() {
        server.start();
        answer("BUG");
        var settings = new HashMap<>(Map.of(
                "drydock.model.base-url", server.baseUrl() + "/v1",
                "drydock.model.api-key", "sk-test",
                "drydock.model.name", "mock-1"));
        settings.putAll(Map.of(
                "drydock.model.cheap", "mock-cheap",
                "drydock.model.fallback", "mock-fallback",
                "drydock.models.\"mock-1\".input-usd", "1",
                "drydock.models.\"mock-1\".cached-input-usd", "0.5",
                "drydock.models.\"mock-1\".output-usd", "2",
                "drydock.models.\"mock-1\".context-tokens", "6000",
                "drydock.models.\"mock-1\".output-tokens", "1000"));
        settings.putAll(Map.of(
                "drydock.models.\"mock-cheap\".input-usd", "0.1",
                "drydock.models.\"mock-cheap\".cached-input-usd", "0.05",
                "drydock.models.\"mock-cheap\".output-usd", "0.2"));
        // thresholds of alerts that a test can reach in its time
        settings.putAll(Map.of(
                "drydock.alerts.rules.model-failures", "3",
                "drydock.alerts.rules.model-latency", "1s"));
        return settings;
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.AnnotatedAndMatchesType(Inject.class, ModelServer.class));
    }

    /** Answers every message with a triage of this category. */
    public void answer(String category) {
        answerContent(
                "{\"category\":\"%s\",\"urgency\":\"LATER\",\"summary\":\"s\",\"reason\":\"r\"}".formatted(category));
    }

    /** Answers every message with this text. */
    public void answerContent(String content) {
        server.resetMappings();
        server.resetScenarios();
        server.stubFor(any().willReturn(completion(content)));
    }

    /** Answers the first message with the first response, and so on; with the last one for ever. */
    public void answerInTurn(ResponseDefinitionBuilder... responses) {
        server.resetMappings();
        server.resetScenarios();
        // for a request that looks while another one turns the page, and finds itself on neither
        server.stubFor(any().atPriority(LAST).willReturn(responses[responses.length - 1]));
        for (int at = 0; at < responses.length; at++) {
            server.stubFor(any().inScenario("turns")
                    .whenScenarioStateIs(at == 0 ? Scenario.STARTED : String.valueOf(at))
                    .willSetStateTo(String.valueOf(Math.min(at + 1, responses.length - 1)))
                    .willReturn(responses[at]));
        }
    }

    /** Answers one model's messages so, and leaves the others as they are. */
    public void answerModel(String model, ResponseDefinitionBuilder response) {
        server.stubFor(any().withRequestBody(matchingJsonPath("$.model", equalTo(model)))
                .willReturn(response));
    }

    /** Answers questions so that no tool has answered yet, and leaves the others as they are. */
    public void answerFirst(ResponseDefinitionBuilder response) {
        server.stubFor(any().withRequestBody(not(matchingJsonPath("$.messages[?(@.role == 'tool')]")))
                .willReturn(response));
    }

    /** Answers requests that contain this text with this content, and leaves the others as they are. */
    public void answerRequestsWith(String text, String content) {
        server.stubFor(any().withRequestBody(containing(text)).willReturn(completion(content)));
    }

    /** Answers other requests than questions, and leaves the others as they are. */
    public void answer(MappingBuilder request, ResponseDefinitionBuilder response) {
        server.stubFor(request.willReturn(response));
    }

    /** The bodies of other requests than questions that have come in, oldest first. */
    public List<String> received(String method, String path) {
        return server.getAllServeEvents().stream()
                .map(event -> event.getRequest())
                .filter(request -> request.getUrl().equals(path)
                        && request.getMethod().getName().equals(method))
                .sorted(Comparator.comparing(request -> request.getLoggedDate()))
                .map(request -> request.getBodyAsString())
                .toList();
    }

    public String baseUrl() {
        return server.baseUrl() + "/v1";
    }

    public void fail(int status) {
        server.resetMappings();
        server.stubFor(any().willReturn(aResponse().withStatus(status)));
    }

    /** A completion with this text. */
    public static ResponseDefinitionBuilder completion(String content) {
        return message("{\"role\": \"assistant\", \"content\": \"%s\"}".formatted(escaped(content)), "stop");
    }

    /** A completion with this text, by the model of this name. */
    public static ResponseDefinitionBuilder completionBy(String model, String content) {
        return message(model, "{\"role\": \"assistant\", \"content\": \"%s\"}".formatted(escaped(content)), "stop");
    }

    /** A completion that calls a tool. */
    public static ResponseDefinitionBuilder toolCall(String tool, String arguments) {
        return message("""
                {"role": "assistant", "tool_calls": [{"id": "call-1", "type": "function",
                  "function": {"name": "%s", "arguments": "%s"}}]}""".formatted(tool, escaped(arguments)), "tool_calls");
    }

    /** A completion that ended for this reason. */
    public static ResponseDefinitionBuilder message(String message, String finishReason) {
        return message("mock-1-2026", message, finishReason);
    }

    private static ResponseDefinitionBuilder message(String model, String message, String finishReason) {
        return okJson("""
                {"id": "c-1", "object": "chat.completion", "created": 1, "model": "%s",
                 "choices": [{"index": 0, "finish_reason": "%s", "message": %s}],
                 "usage": {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150,
                           "prompt_tokens_details": {"cached_tokens": 20},
                           "completion_tokens_details": {"reasoning_tokens": 10}}}""".formatted(model, finishReason, message));
    }

    public void forget() {
        server.resetRequests();
    }

    /** How many questions have come in. */
    public int requests() {
        return bodies().size();
    }

    /** The questions that have come in, oldest first. */
    public List<String> bodies() {
        return server.getAllServeEvents().stream()
                .map(event -> event.getRequest())
                .filter(request -> request.getUrl().equals(PATH))
                .sorted(Comparator.comparing(request -> request.getLoggedDate()))
                .map(request -> request.getBodyAsString())
                .toList();
    }

    public String lastRequest() {
        var all = bodies();
        return all.get(all.size() - 1);
    }

    private static MappingBuilder any() {
        return post(urlPathEqualTo(PATH));
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
