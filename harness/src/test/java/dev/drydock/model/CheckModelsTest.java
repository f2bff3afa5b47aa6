package dev.drydock.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.drydock.FreePort;
import dev.drydock.TestSettings;
import dev.drydock.http.HttpClients;
import dev.drydock.model.CheckModels.Findings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A check against servers of five dialects, over a real socket. */
@Execution(ExecutionMode.CONCURRENT)
class CheckModelsTest {

    private static final String CHAT = "/v1/chat/completions";

    private final WireMockServer server = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(get(anyUrl()).atPriority(10).willReturn(notFound()));
        server.stubFor(post(urlEqualTo(CHAT)).atPriority(9).willReturn(answer("ok", "m-1")));
        whereAsked("$.response_format", answer("{\\\"colour\\\": \\\"white\\\"}", "m-1"));
        whereAsked("$.tools", toolCall());
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void a_server_that_takes_everything_needs_no_setting() {
        var found = check(Map.of());

        assertThat(found.usable()).isTrue();
        assertThat(found.settings()).isEmpty();
        assertThat(found.findings()).allMatch(Findings.Finding::ok);
        assertThat(found.findings())
                .extracting(Findings.Finding::question)
                .containsExactly(
                        "reachable",
                        "key accepted",
                        "model known",
                        "limit parameter",
                        "temperature",
                        "JSON schema",
                        "JSON mode",
                        "tools",
                        "usage",
                        "answering model",
                        "price known",
                        "context",
                        "latency",
                        "Retry-After");
        assertThat(progress).hasSameSizeAs(found.findings()).allMatch(line -> line.startsWith("standard m-1: "));
    }

    @Test
    void openai_takes_a_reasoning_model_without_temperature_and_with_the_newer_limit() {
        whereAsked("$.max_tokens", refusal("""
                {"error": {"message": "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
                 "type": "invalid_request_error", "param": "max_tokens", "code": "unsupported_parameter"}}"""));
        whereAsked("$.temperature", refusal("""
                {"error": {"message": "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
                 "type": "invalid_request_error", "param": "temperature", "code": "unsupported_value"}}"""));

        var found = check(Map.of());

        assertThat(found.usable()).isTrue();
        assertThat(found.settings())
                .containsExactly(
                        "drydock.models.\"m-1\".limit-parameter=max-completion-tokens",
                        "drydock.models.\"m-1\".temperature=false");
    }

    @Test
    void an_old_version_of_azure_takes_no_json_schema() {
        whereAsked("$.response_format[?(@.type == 'json_schema')]", refusal("""
                {"error": {"message": "response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later",
                 "type": "invalid_request_error", "code": "BadRequest"}}"""));

        assertThat(check(Map.of()).settings()).containsExactly("drydock.models.\"m-1\".answer-format=json-object");
    }

    @Test
    void vllm_tells_its_context_and_takes_no_tools_without_its_options() {
        server.stubFor(get(urlEqualTo("/v1/models"))
                .willReturn(okJson("{\"data\": [{\"id\": \"m-1\", \"max_model_len\": 4096}]}")));
        whereAsked("$.tools", refusal("""
                {"object": "error", "message": "\\"auto\\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set",
                 "type": "BadRequestError", "code": 400}"""));

        var found = check(Map.of("drydock.models.\"m-1\".context-tokens", "32000"));

        assertThat(found.usable()).isTrue();
        assertThat(result(found, "tools")).contains("--enable-auto-tool-choice");
        assertThat(result(found, "context")).isEqualTo("4096 by the server, 32000 configured");
        assertThat(found.settings()).containsExactly("drydock.models.\"m-1\".context-tokens=4096");
    }

    @Test
    void llama_cpp_names_the_file_of_the_model_and_does_not_count() {
        server.stubFor(get(urlEqualTo("/props"))
                .willReturn(okJson("{\"default_generation_settings\": {\"n_ctx\": 2048}, \"total_slots\": 1}")));
        server.stubFor(post(urlEqualTo(CHAT)).atPriority(8).willReturn(okJson("""
                {"model": "/models/small.gguf", "choices": [{"message": {"role": "assistant", "content": "ok"}}]}""")));

        var found = check(Map.of());

        assertThat(found.usable()).isTrue();
        assertThat(result(found, "answering model")).isEqualTo("/models/small.gguf");
        assertThat(result(found, "context")).isEqualTo("2048 by the server, none configured");
        assertThat(result(found, "usage")).isEqualTo("missing: counted by Drydock");
    }

    @Test
    void litellm_names_the_cost_so_that_no_price_is_missed() {
        var priced = answer("ok", "m-1").withHeader("x-litellm-response-cost", "0.00002");
        server.stubFor(post(urlEqualTo(CHAT)).atPriority(8).willReturn(priced));

        var found = check("unknown-1", Map.of());

        assertThat(result(found, "price known")).isEqualTo("named by x-litellm-response-cost");
        assertThat(found.settings()).isEmpty();
    }

    @Test
    void litellm_without_the_model_is_not_usable() {
        server.stubFor(post(urlEqualTo(CHAT)).atPriority(1).willReturn(refusal("""
                {"error": {"message": "/chat/completions: Invalid model name passed in model=m-1. Call `/v1/models` to view available models for your key.",
                 "type": "None", "param": "None", "code": "400"}}""")));

        var found = check(Map.of());

        assertThat(found.usable()).isFalse();
        assertThat(result(found, "key accepted")).isEqualTo("yes");
        assertThat(result(found, "model known")).contains("check OPENAI_MODEL");
        server.verify(1, postRequestedFor(urlEqualTo(CHAT)));
    }

    @Test
    void a_schema_that_is_ignored_belongs_into_the_prompt() {
        whereAsked("$.response_format", answer("Snow is white.", "m-1"));

        assertThat(check(Map.of()).settings()).containsExactly("drydock.models.\"m-1\".answer-format=prompt");
    }

    @Test
    void a_refused_key_ends_the_check() {
        server.stubFor(
                post(urlEqualTo(CHAT))
                        .atPriority(1)
                        .willReturn(
                                aResponse()
                                        .withStatus(401)
                                        .withBody(
                                                "{\"error\": {\"message\": \"Incorrect API key provided\", \"code\": \"invalid_api_key\"}}")));

        var found = check(Map.of());

        assertThat(found.usable()).isFalse();
        assertThat(result(found, "key accepted")).contains("OPENAI_API_KEY");
    }

    @Test
    void a_server_that_is_unreachable_is_not_usable() {
        var found = check(Map.of("drydock.model.base-url", "http://localhost:" + FreePort.find() + "/v1"));

        assertThat(found.usable()).isFalse();
        assertThat(result(found, "reachable")).startsWith("cannot connect to the model server at localhost:");
    }

    @Test
    void costs_less_than_a_cent_for_three_models_at_usual_prices() {
        var settings = new HashMap<>(
                Map.of("drydock.model.name", "m-1", "drydock.model.cheap", "m-2", "drydock.model.fallback", "m-3"));
        for (var model : List.of("m-1", "m-2", "m-3")) {
            settings.put("drydock.models.\"%s\".input-usd".formatted(model), "1.25");
            settings.put("drydock.models.\"%s\".output-usd".formatted(model), "5");
        }

        assertThat(models(settings).atMostUsd().orElseThrow())
                .isBetween(new BigDecimal("0.005"), new BigDecimal("0.01"));
    }

    private Findings check(Map<String, String> settings) {
        var priced = new HashMap<>(
                Map.of("drydock.models.\"m-1\".input-usd", "0.4", "drydock.models.\"m-1\".output-usd", "1.6"));
        priced.putAll(settings);
        return check("m-1", priced);
    }

    private Findings check(String model, Map<String, String> settings) {
        var all = new HashMap<>(Map.of("drydock.model.name", model));
        all.putAll(settings);
        return models(all).check(progress::add).get(0);
    }

    private CheckModels models(Map<String, String> settings) {
        var all = new HashMap<>(
                Map.of("drydock.model.base-url", server.baseUrl() + "/v1", "drydock.model.api-key", "sk-test"));
        all.putAll(settings);
        var config = TestSettings.of(all);
        var mapper = new ObjectMapper();
        var endpoint = new ModelEndpoint(config, mapper, new HttpClients(config));
        return new CheckModels(config, new ModelCatalog(config), endpoint, new ServerFacts(endpoint), mapper);
    }

    private static String result(Findings findings, String question) {
        return findings.findings().stream()
                .filter(finding -> finding.question().equals(question))
                .findFirst()
                .orElseThrow()
                .result();
    }

    private void whereAsked(String path, ResponseDefinitionBuilder response) {
        server.stubFor(post(urlEqualTo(CHAT))
                .atPriority(5)
                .withRequestBody(matchingJsonPath(path))
                .willReturn(response));
    }

    private static ResponseDefinitionBuilder refusal(String body) {
        return aResponse().withStatus(400).withBody(body);
    }

    private static ResponseDefinitionBuilder answer(String content, String model) {
        return okJson("""
                {"id": "c-1", "model": "%s", "choices": [{"index": 0, "finish_reason": "stop",
                  "message": {"role": "assistant", "content": "%s"}}],
                 "usage": {"prompt_tokens": 20, "completion_tokens": 2, "total_tokens": 22}}""".formatted(model, content));
    }

    private static ResponseDefinitionBuilder toolCall() {
        return okJson("""
                {"id": "c-1", "model": "m-1", "choices": [{"index": 0, "finish_reason": "tool_calls",
                  "message": {"role": "assistant", "content": null, "tool_calls": [{"id": "t-1", "type": "function",
                    "function": {"name": "temperature", "arguments": "{\\"city\\": \\"Paris\\"}"}}]}}],
                 "usage": {"prompt_tokens": 20, "completion_tokens": 2, "total_tokens": 22}}""");
    }
}
