package dev.drydock.blackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server of chat completions, and a webhook, on the loopback interface. */
final class MockModel implements AutoCloseable {

    private static final String PATH = "/v1/chat/completions";
    private static final String SLACK = "/services/T0/B0/hook";

    private final WireMockServer server = new WireMockServer(WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .maxRequestJournalEntries(2_000));
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    MockModel() {
        server.addMockServiceRequestListener((request, response) -> {
            if (request.getUrl().equals(SLACK) && response.getStatus() == 200) {
                taken.merge(subject(request.getBodyAsString()), 1, Integer::sum);
            }
        });
        server.start();
        answerAll();
    }

    /** Fails nowhere, whatever it was told before. */
    void answerAll() {
        server.resetMappings();
        slackAnswers(ok());
        answer();
    }

    String baseUrl() {
        return server.baseUrl() + "/v1";
    }

    /** Takes every message for a bug. */
    void answer() {
        answer(
                completion(
                        "{\\\"category\\\":\\\"BUG\\\",\\\"urgency\\\":\\\"TODAY\\\",\\\"summary\\\":\\\"It is broken.\\\",\\\"reason\\\":\\\"fails\\\"}"));
    }

    void answer(ResponseDefinitionBuilder response) {
        server.stubFor(post(urlPathEqualTo(PATH)).willReturn(response));
    }

    /** Answers questions with this text so, and the others as before. */
    void answerAt(String text, ResponseDefinitionBuilder response) {
        server.stubFor(
                post(urlPathEqualTo(PATH)).withRequestBody(containing(text)).willReturn(response));
    }

    /** A completion with this text, which is escaped for JSON already. */
    static ResponseDefinitionBuilder completion(String content) {
        return okJson("""
                {"id": "c-1", "object": "chat.completion", "created": 1, "model": "mock-1",
                 "choices": [{"index": 0, "finish_reason": "stop",
                              "message": {"role": "assistant", "content": "%s"}}],
                 "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}}""".formatted(content));
    }

    /** From now on each answer takes this long. */
    void delay(Duration delay) {
        server.setGlobalFixedDelay((int) delay.toMillis());
    }

    /** Questions with this text are not answered for an hour. */
    void hangAt(String text) {
        answerAt(text, ok().withFixedDelay((int) Duration.ofHours(1).toMillis()));
    }

    /** How many questions with this text have come in. */
    int requestsWith(String text) {
        return server.findAll(postRequestedFor(urlPathEqualTo(PATH)).withRequestBody(containing(text)))
                .size();
    }

    void fail() {
        answer(serverError());
    }

    String slackUrl() {
        return server.baseUrl() + SLACK;
    }

    void slackAnswers(ResponseDefinitionBuilder response) {
        server.stubFor(post(urlPathEqualTo(SLACK)).willReturn(response));
    }

    /** The subjects of what has come in at the webhook, answered or not, in its order. */
    List<String> posts() {
        return server.findAll(postRequestedFor(urlPathEqualTo(SLACK))).stream()
                .map(LoggedRequest::getBodyAsString)
                .map(MockModel::subject)
                .toList();
    }

    /** How often the webhook has taken a message, by its subject; what it refuses or cuts off it has not taken. */
    Map<String, Integer> taken() {
        return taken;
    }

    private static String subject(String post) {
        return post.replaceFirst("(?s).*_(.+)_.*", "$1");
    }

    /** How many questions have come in. */
    int requests() {
        return server.findAll(postRequestedFor(urlPathEqualTo(PATH))).size();
    }

    /** In characters. */
    int longestRequest() {
        return server.findAll(postRequestedFor(urlPathEqualTo(PATH))).stream()
                .mapToInt(request -> request.getBodyAsString().length())
                .max()
                .orElse(0);
    }

    /** As if nothing had come in. */
    void forget() {
        server.resetRequests();
        taken.clear();
    }

    @Override
    public void close() {
        server.stop();
    }
}
