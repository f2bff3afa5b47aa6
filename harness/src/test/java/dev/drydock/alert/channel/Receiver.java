package dev.drydock.alert.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.drydock.MovableClock;
import dev.drydock.TestSettings;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.HttpClients;
import dev.drydock.http.WebhookClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server that stands for any receiver, and the settings that lead each channel to it. Takes everything at first. */
final class Receiver implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    /** Stands in every key and address, and in answers: to be read nowhere. */
    static final String CANARY = "canary-0123456789abcdef";

    static final String SECRET = "whsec_Y2FuYXJ5LTAxMjM0NTY3ODlhYmNkZWYtY2FuYXJ5";

    final MovableClock clock = new MovableClock();
    final ObjectMapper json = new ObjectMapper();
    final WebhookClients targets = targets(Duration.ofMinutes(1)); // longer than a busy machine ever takes
    private final WireMockServer server = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        start(); // a test may have stopped it
        server.resetAll();
        answers(aResponse().withStatus(202).withBody(CANARY));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    void start() {
        if (!server.isRunning()) {
            server.start();
            answers(aResponse().withStatus(202).withBody(CANARY));
        }
    }

    void answers(ResponseDefinitionBuilder response) {
        server.stubFor(any(anyUrl()).willReturn(response));
    }

    void stop() {
        server.stop();
    }

    String url() {
        return server.baseUrl();
    }

    /** All channels lead here, by the addresses that people are given and the bases that stand in for theirs. */
    Map<String, String> settings() {
        var settings = new HashMap<>(Map.of(
                "ALERT_SLACK_WEBHOOK_URL",
                "https://hooks.slack.com/services/T/B/" + CANARY,
                "ALERT_SLACK_BASE_URL",
                url(),
                "PAGERDUTY_ROUTING_KEY",
                CANARY,
                "PAGERDUTY_BASE_URL",
                url() + "/",
                "OPSGENIE_API_KEY",
                CANARY,
                "OPSGENIE_BASE_URL",
                url(),
                "ALERT_WEBHOOK_URL",
                "https://alerts.example.com/in%20here/" + CANARY + "?from=drydock",
                "ALERT_WEBHOOK_BASE_URL",
                url(),
                "ALERT_WEBHOOK_SECRET",
                SECRET));
        settings.put("HEALTHCHECKS_PING_URL", url() + "/" + CANARY + "/nightly?create=1");
        return settings;
    }

    WebhookClients targets(Duration timeout) {
        return new WebhookClients(new HttpClients(TestSettings.of(Map.of())), clock, json, timeout);
    }

    DrydockConfig config() {
        return TestSettings.of(settings());
    }

    /** What came, in its order. */
    List<LoggedRequest> requests() {
        var newestFirst = server.getAllServeEvents();
        return IntStream.rangeClosed(1, newestFirst.size())
                .mapToObj(at -> newestFirst.get(newestFirst.size() - at).getRequest())
                .toList();
    }

    /** What was answered well, newest first. */
    List<LoggedRequest> taken() {
        return server.getAllServeEvents().stream()
                .filter(event -> event.getResponse().getStatus() / 100 == 2)
                .map(event -> event.getRequest())
                .toList();
    }

    LoggedRequest last() {
        var all = requests();
        return all.get(all.size() - 1);
    }
}
