package dev.drydock.alert.channel;

import dev.drydock.config.AlertSettings;
import dev.drydock.config.DrydockConfig;
import dev.drydock.connect.SlackChannel;
import dev.drydock.connect.SlackWebhook;
import dev.drydock.http.WebhookClients;
import dev.drydock.journal.Notice;
import dev.drydock.journal.Severity;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/** A channel of Slack, by an incoming webhook of its own ({@code ALERT_SLACK_WEBHOOK_URL}): one message for each turn. */
@Singleton
class SlackAlerts implements AlertChannel {

    private final Optional<SlackWebhook> webhook;
    private final AlertSettings.Slack settings;

    SlackAlerts(DrydockConfig config, WebhookClients targets) {
        this.settings = config.alerts().slack();
        this.webhook = settings.webhookUrl()
                .map(url -> new SlackWebhook(
                        targets.named("Slack", config.alerts().timeout()), Addresses.moved(url, settings.baseUrl())));
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
    public String send(Notice notice) throws NoticeRefusedException, IOException {
        var slack = webhook.orElseThrow();
        return AlertPost.of(() -> slack.post(text(notice)));
    }

    private static String text(Notice notice) {
        return "*%s*\n%s\n%s\n%s"
                .formatted(
                        SlackChannel.escape(Wording.heading(notice)),
                        SlackChannel.escape(Wording.oneLine(notice.summary())),
                        SlackChannel.escape(notice.details()),
                        runbook(notice));
    }

    private static String runbook(Notice notice) {
        var address = SlackChannel.escape(notice.runbook().toString());
        return notice.runbook().isAbsolute() ? "<" + address + "|Runbook>" : "Runbook: " + address;
    }
}
