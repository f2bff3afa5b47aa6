package dev.drydock.alert.channel;

import dev.drydock.config.AlertSettings;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.WebhookClient;
import dev.drydock.http.WebhookClients;
import dev.drydock.journal.Notification;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A check at Healthchecks ({@code HEALTHCHECKS_PING_URL}). An alert that opens or escalates fails the check. A resolved alert
 * sends nothing, because the next successful cycle resets the check. A test is only logged.
 * https://healthchecks.io/docs/http_api/
 */
@Singleton
class HealthchecksAlerts implements AlertChannel {

    private static final Map<String, String> PLAIN_TEXT = Map.of("Content-Type", "text/plain; charset=utf-8");

    private final WebhookClient healthchecks;
    private final AlertSettings.Healthchecks settings;
    private final Optional<String> pingUrl;

    HealthchecksAlerts(DrydockConfig config, WebhookClients targets) {
        this.healthchecks = targets.named("Healthchecks");
        this.settings = config.alerts().healthchecks();
        this.pingUrl = config.heartbeat().healthchecksPingUrl();
    }

    @Override
    public String name() {
        return "healthchecks";
    }

    @Override
    public boolean isOn() {
        return pingUrl.isPresent();
    }

    @Override
    public boolean wants(Severity severity) {
        return severity.reaches(settings.severity());
    }

    @Override
    public String send(Notification notification) throws RefusedException, IOException {
        return switch (notification.type()) {
            case OPENED, ESCALATED -> ping("/fail", notification);
            case RESOLVED -> "nothing sent: the next successful cycle resets the check";
            case TEST -> ping("/log", notification);
        };
    }

    private String ping(String signal, Notification notification) throws RefusedException, IOException {
        var address = AlertPost.below(pingUrl.orElseThrow(), signal);
        var body = AlertText.heading(notification) + ": " + AlertText.oneLine(notification.summary());
        return AlertPost.send(() -> healthchecks.post(address, body, PLAIN_TEXT));
    }
}
