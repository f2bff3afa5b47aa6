package dev.drydock.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;

/** A server of chat completions that answers as a test tells it to, over a real socket. */
public class ModelServer implements QuarkusTestResourceLifecycleManager {

    private static final String PATH = "/v1/chat/completions";

    private final WireMockServer server = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    /** Marks where a test wants the server. */
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Inject {}

    @Override
    public Map<String, String> start() {
        server.start();
        answer("BUG");
        return Map.of(
                "OPENAI_BASE_URL", server.baseUrl() + "/v1", "OPENAI_API_KEY", "sk-test", "OPENAI_MODEL", "mock-1");
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
                "{\\\"category\\\":\\\"%s\\\",\\\"urgency\\\":\\\"LATER\\\",\\\"summary\\\":\\\"s\\\",\\\"reason\\\":\\\"r\\\"}"
                        .formatted(category));
    }

    /** Answers every message with this text, which must be escaped for JSON. */
    public void answerContent(String content) {
        server.stubFor(post(urlPathEqualTo(PATH)).willReturn(okJson("""
                {"id": "c-1", "object": "chat.completion", "created": 1, "model": "mock-1-2026",
                 "choices": [{"index": 0, "finish_reason": "stop",
                              "message": {"role": "assistant", "content": "%s"}}],
                 "usage": {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}}""".formatted(content))));
    }

    public void fail(int status) {
        server.stubFor(post(urlPathEqualTo(PATH)).willReturn(aResponse().withStatus(status)));
    }

    public void forget() {
        server.resetRequests();
    }

    /** How many requests have come in. */
    public int requests() {
        return server.getAllServeEvents().size();
    }

    public String lastRequest() {
        return server.getAllServeEvents().get(0).getRequest().getBodyAsString();
    }
}
