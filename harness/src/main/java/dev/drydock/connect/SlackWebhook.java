package dev.drydock.connect;

import dev.drydock.http.WebhookClient;
import dev.drydock.http.WebhookClient.Answer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * One incoming webhook of Slack, which accepts about one message a second.
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
public final class SlackWebhook {

    @RegisterForReflection
    record Payload(String text) {}

    private final WebhookClient slack;
    private final URI address;

    public SlackWebhook(WebhookClient slack, URI address) {
        this.slack = slack;
        this.address = address;
    }

    /**
     * Posts a text in Slack's own markup.
     *
     * @return the answer, also for a permanent refusal: no such webhook, archived channel, invalid payload
     * @throws IOException if a later attempt may succeed
     */
    public Answer post(String text) throws IOException, InterruptedException {
        return slack.postJson(address, new Payload(text), Map.of());
    }
}
