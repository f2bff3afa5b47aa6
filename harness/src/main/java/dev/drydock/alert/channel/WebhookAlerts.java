package dev.drydock.alert.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.AlertSettings;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.WebhookClient;
import dev.drydock.http.WebhookClients;
import dev.drydock.journal.Notification;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to any program ({@code ALERT_WEBHOOK_URL}), by the Standard Webhooks specification: signed if a secret is set,
 * and with the same {@code webhook-id} for each attempt to send a notification.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
@Singleton
class WebhookAlerts implements AlertChannel {

    private static final Logger LOG = Logger.getLogger(WebhookAlerts.class);

    /** What is sent; {@code type} is {@code alert.opened}, {@code alert.escalated} and so on. */
    @RegisterForReflection
    record Message(String type, String timestamp, Alert data) {}

    @RegisterForReflection
    record Alert(
            UUID id,
            String rule,
            @Nullable String agent,
            Severity severity,
            String summary,
            String details,
            String openedAt,
            URI runbook) {}

    private final WebhookClient receiver;
    private final AlertSettings.Webhook settings;
    private final Optional<Signature> signature;
    private final InstantSource clock;
    private final ObjectMapper json;

    WebhookAlerts(DrydockConfig config, WebhookClients targets, InstantSource clock, ObjectMapper json) {
        this.receiver = targets.named("The webhook");
        this.settings = config.alerts().webhook();
        this.signature = settings.secret().map(Signature::new);
        this.clock = clock;
        this.json = json;
    }

    void warn(@Observes StartupEvent start) {
        if (isOn() && signature.isEmpty()) {
            LOG.warn("Alerts to ALERT_WEBHOOK_URL are not signed and can be forged: set ALERT_WEBHOOK_SECRET");
        }
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public boolean isOn() {
        return settings.url().isPresent();
    }

    @Override
    public boolean wants(Severity severity) {
        return severity.reaches(settings.severity());
    }

    @Override
    public String send(Notification notification) throws RefusedException, IOException {
        var address = AlertPost.withBase(settings.url().orElseThrow(), settings.baseUrl());
        var body = json.writeValueAsString(message(notification));
        var headers = headers(notification, body);
        return AlertPost.send(() -> receiver.post(address, body, headers));
    }

    private static Message message(Notification notification) {
        var alert = new Alert(
                notification.alertId(),
                notification.rule(),
                notification.agent(),
                notification.severity(),
                notification.summary(),
                notification.details(),
                notification.openedAt().toString(),
                notification.runbook());
        return new Message("alert." + type(notification), notification.at().toString(), alert);
    }

    private Map<String, String> headers(Notification notification, String body) {
        var id = "%s-%s-%d"
                .formatted(
                        notification.alertId(),
                        type(notification),
                        notification.at().toEpochMilli());
        var timestamp = String.valueOf(clock.instant().getEpochSecond()); // of this attempt
        var headers = new LinkedHashMap<>(Map.of("webhook-id", id, "webhook-timestamp", timestamp));
        signature.ifPresent(by -> headers.put("webhook-signature", by.of(id + "." + timestamp + "." + body)));
        return headers;
    }

    private static String type(Notification notification) {
        return notification.type().name().toLowerCase(Locale.ROOT);
    }
}
