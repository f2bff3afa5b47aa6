package dev.drydock.connect;

import dev.drydock.agent.RateLimitedException;
import dev.drydock.agent.Receipt;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.RequestPace;
import dev.drydock.http.RequestPaces;
import dev.drydock.http.WebhookClients;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Delivers to a Slack channel: by a bot ({@code SLACK_BOT_TOKEN}, {@code SLACK_CHANNEL}), so that reactions to its messages are
 * feedback, or by an incoming webhook ({@code SLACK_WEBHOOK_URL}).
 *
 * <p>Slack takes one message a second (https://docs.slack.dev/apis/web-api/rate-limits); of short bursts it may lose some,
 * so none are sent.
 *
 * <p>Slack keeps no keys: after a crash in the middle of a delivery a message may appear twice. Where that must not be,
 * set {@code drydock.agents.NAME.delivery=at-most-once}.
 */
@Singleton
public class SlackChannel {

    /** https://docs.slack.dev/messaging/formatting-message-text#linking-urls */
    private static final Pattern LINK = Pattern.compile("<([^|>]+)\\|([^>]+)>");

    private final Optional<SlackWebhook> webhook;
    private final SlackBot bot;
    private final RequestPace pace;

    SlackChannel(DrydockConfig config, WebhookClients targets, SlackBot bot, RequestPaces paces) {
        var settings = config.slack();
        this.bot = bot;
        this.webhook = settings.webhookUrl().map(url -> new SlackWebhook(targets.named("Slack"), url));
        this.pace = paces.named("Slack", Optional.of(settings.perSecond()).filter(rate -> rate > 0));
    }

    /** Whether a bot or a webhook is set. */
    public boolean isOn() {
        return bot.isOn() || webhook.isPresent();
    }

    /**
     * Posts a text in Slack's own markup. Escape what comes from outside with {@link #escape}.
     *
     * @throws UndeliverableException if Slack refuses it permanently: no such webhook, archived channel, invalid payload
     * @throws RateLimitedException if Slack takes no more for now
     * @throws IOException if a later attempt may succeed
     */
    public Receipt post(String text) throws UndeliverableException, IOException, InterruptedException {
        if (bot.isOn()) {
            return bot.post(text).receipt();
        }
        var slack = webhook.orElseThrow(() ->
                new UndeliverableException("Neither SLACK_WEBHOOK_URL nor SLACK_BOT_TOKEN with SLACK_CHANNEL is set"));
        var answer = pace.send(RequestPace.WAIT_OF_DELIVERY, () -> slack.post(text));
        if (!answer.isAccepted()) {
            throw new UndeliverableException(answer.toString());
        }
        return new Receipt(answer.toString());
    }

    /** What {@link #post} shows, as plain text: a link as its text with the address, an escaped character as itself. Sends nothing. */
    public static String preview(String text) {
        return LINK.matcher(text)
                .replaceAll("$2 ($1)")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    /** Escapes text for Slack's markup, so that text from outside cannot mention people or add links. */
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
