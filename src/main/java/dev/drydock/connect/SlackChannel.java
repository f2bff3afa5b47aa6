package dev.drydock.connect;

import dev.drydock.agent.Receipt;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.config.DrydockConfig;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Delivers to a Slack channel by an incoming webhook ({@code SLACK_WEBHOOK_URL}).
 *
 * <p>Slack keeps no keys: after a crash in the middle of a delivery a message may appear twice. Where that must not be,
 * set {@code drydock.agents.NAME.delivery=at-most-once}. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
@Singleton
public class SlackChannel {

    private static final int TOO_MANY_REQUESTS = 429;

    @Path("")
    interface Webhook {

        @POST
        @Consumes(MediaType.APPLICATION_JSON)
        @Produces(MediaType.TEXT_PLAIN)
        String post(Payload payload);
    }

    @RegisterForReflection
    record Payload(String text) {}

    private final Optional<Webhook> webhook;

    SlackChannel(DrydockConfig config) {
        this.webhook = config.slack()
                .webhookUrl()
                .map(url -> QuarkusRestClientBuilder.newBuilder()
                        .baseUri(url)
                        .connectTimeout(5, TimeUnit.SECONDS)
                        .readTimeout(10, TimeUnit.SECONDS)
                        .build(Webhook.class));
    }

    /** Whether a webhook is set. */
    public boolean isOn() {
        return webhook.isPresent();
    }

    /**
     * Posts a text in Slack's own markup. Escape what comes from outside with {@link #escape}.
     *
     * @throws UndeliverableException if Slack refuses it for good: no such webhook, archived channel, invalid payload
     * @throws IOException if Slack has no time for it now
     */
    public Receipt post(String text) throws UndeliverableException, IOException {
        var slack = webhook.orElseThrow(() -> new UndeliverableException("SLACK_WEBHOOK_URL is not set"));
        try {
            return new Receipt("slack: " + slack.post(new Payload(text)));
        } catch (WebApplicationException e) {
            var status = e.getResponse().getStatus();
            var answer = "Slack answered " + status;
            if (status >= 500 || status == TOO_MANY_REQUESTS) {
                throw new IOException(answer, e);
            }
            throw new UndeliverableException(answer);
        }
    }

    /** Makes text harmless in Slack's markup, so that a message from outside mentions and links to nobody. */
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
