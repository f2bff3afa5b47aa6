package dev.drydock.blackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

/** A server of chat completions on the loopback interface. */
final class MockModel implements AutoCloseable {

    private static final String PATH = "/v1/chat/completions";

    private final WireMockServer server = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    MockModel() {
        server.start();
        answer();
    }

    String baseUrl() {
        return server.baseUrl() + "/v1";
    }

    /** Takes every message for a bug. */
    void answer() {
        server.stubFor(post(urlPathEqualTo(PATH)).willReturn(okJson("""
                {"id": "c-1", "object": "chat.completion", "created": 1, "model": "mock-1",
                 "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content":
                   "{\\"category\\":\\"BUG\\",\\"urgency\\":\\"TODAY\\",\\"summary\\":\\"It is broken.\\",\\"reason\\":\\"fails\\"}"}}],
                 "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}}""")));
    }

    void fail() {
        server.stubFor(post(urlPathEqualTo(PATH)).willReturn(serverError()));
    }

    @Override
    public void close() {
        server.stop();
    }
}
