package dev.drydock.connect;

import dev.drydock.agent.Receipt;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.WebhookClients;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Delivers to a Slack channel by an incoming webhook ({@code SLACK_WEBHOOK_URL}).
 *
 * <p>Slack keeps no keys: after a crash in the middle of a delivery a message may appear twice. Where that must not be,
 * set {@code drydock.agents.NAME.delivery=at-most-once}.
 */
@Singleton
public class SlackChannel {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Optional<SlackWebhook> webhook;

    SlackChannel(DrydockConfig config, WebhookClients targets) {
        this.webhook = config.slack().webhookUrl().map(url -> new SlackWebhook(targets.named("Slack", TIMEOUT), url));
    }

    /** Whether a webhook is set. */
    public boolean isOn() {
        return webhook.isPresent();
    }

    /**
     * Posts a text in Slack's own markup. Escape what comes from outside with {@link #escape}.
     *
     * @throws UndeliverableException if Slack refuses it permanently: no such webhook, archived channel, invalid payload
     * @throws IOException if a later attempt may succeed
     */
    public Receipt post(String text) throws UndeliverableException, IOException, InterruptedException {
        var slack = webhook.orElseThrow(() -> new UndeliverableException("SLACK_WEBHOOK_URL is not set"));
        var answer = slack.post(text);
        if (!answer.isAccepted()) {
            throw new UndeliverableException(answer.toString());
        }
        return new Receipt(answer.toString());
    }

    /** Escapes text for Slack's markup, so that text from outside cannot mention people or add links. */
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
