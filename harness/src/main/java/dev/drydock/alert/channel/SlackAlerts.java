package dev.drydock.alert.channel;

import dev.drydock.config.AlertSettings;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.connect.SlackChannel;
import dev.drydock.connect.SlackWebhook;
import dev.drydock.http.WebhookClients;
import dev.drydock.journal.Notification;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/** A Slack channel, by an incoming webhook ({@code ALERT_SLACK_WEBHOOK_URL}): one message for each notification. */
@Singleton
class SlackAlerts implements AlertChannel {

    private final Optional<SlackWebhook> webhook;
    private final AlertSettings.Slack settings;

    SlackAlerts(DrydockConfig config, WebhookClients targets) {
        this.settings = config.alerts().slack();
        this.webhook = settings.webhookUrl()
                .map(url -> new SlackWebhook(targets.named("Slack"), AlertPost.withBase(url, settings.baseUrl())));
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public boolean isOn() {
        return webhook.isPresent();
    }

    @Override
    public boolean wants(Severity severity) {
        return severity.reaches(settings.severity());
    }

    @Override
    public String send(Notification notification) throws RefusedException, IOException {
        var slack = webhook.orElseThrow();
        return AlertPost.send(() -> slack.post(text(notification)));
    }

    private static String text(Notification notification) {
        return "*%s*\n%s\n%s\n%s"
                .formatted(
                        SlackChannel.escape(AlertText.heading(notification)),
                        SlackChannel.escape(AlertText.oneLine(notification.summary())),
                        SlackChannel.escape(notification.details()),
                        runbook(notification));
    }

    private static String runbook(Notification notification) {
        var address = SlackChannel.escape(notification.runbook().toString());
        return notification.runbook().isAbsolute() ? "<" + address + "|Runbook>" : "Runbook: " + address;
    }
}
