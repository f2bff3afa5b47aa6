package dev.drydock.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.agent.RateLimitedException;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.HttpClients;
import dev.drydock.http.RequestPace;
import dev.drydock.http.RequestPaces;
import dev.drydock.http.RetryAfter;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Posts to a Slack channel by a bot ({@code SLACK_BOT_TOKEN}, {@code SLACK_CHANNEL}). Unlike a webhook it learns which message it
 * posted, so that reactions to it can be told apart, and so that it can change the message.
 */
@Singleton
public class SlackBot {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> TRANSIENT =
            Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout");

    private final Optional<String> token;
    private final Optional<String> channel;
    private final URI address;
    private final HttpClients clients;
    private final RequestPace pace;
    private final ObjectMapper json;
    private final InstantSource clock;

    public SlackBot(
            DrydockConfig config, HttpClients clients, RequestPaces paces, ObjectMapper json, InstantSource clock) {
        var settings = config.slack();
        this.token = settings.botToken();
        this.channel = settings.channel();
        this.address = URI.create(settings.baseUrl().toString().replaceFirst("/+$", "") + "/");
        this.clients = clients;
        this.pace = paces.named("Slack", Optional.of(settings.perSecond()).filter(rate -> rate > 0));
        this.json = json;
        this.clock = clock;
    }

    /** Whether a bot and its channel are set. */
    public boolean isOn() {
        return token.isPresent() && channel.isPresent();
    }

    /** Posts a text in Slack's own markup: {@link #post(ObjectNode)}. */
    SlackMessage post(String text) throws UndeliverableException, IOException, InterruptedException {
        return post(json.createObjectNode().put("text", text));
    }

    /**
     * Posts a message. https://docs.slack.dev/reference/methods/chat.postMessage
     *
     * @param content {@code text} and, if wanted, {@code blocks}
     * @return the channel and the time by which Slack knows the message
     * @throws UndeliverableException if Slack refuses it permanently
     * @throws IOException if a later attempt may succeed
     */
    public SlackMessage post(ObjectNode content) throws UndeliverableException, IOException, InterruptedException {
        var answer = call("chat.postMessage", content.deepCopy().put("channel", channel.orElseThrow()));
        return new SlackMessage(
                answer.path("channel").asText(), answer.path("ts").asText());
    }

    /** Replaces the content of a message; nobody is notified. https://docs.slack.dev/reference/methods/chat.update */
    public void update(SlackMessage message, ObjectNode content)
            throws UndeliverableException, IOException, InterruptedException {
        call("chat.update", content.deepCopy().put("channel", message.channel()).put("ts", message.ts()));
    }

    private JsonNode call(String method, ObjectNode body)
            throws UndeliverableException, IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(method))
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Authorization", "Bearer " + token.orElseThrow())
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        var answer = pace.send(
                RequestPace.WAIT_OF_DELIVERY, () -> answer(clients.send(request, BodyHandlers.ofString(), TIMEOUT)));
        if (!answer.path("ok").asBoolean()) {
            throw new UndeliverableException(
                    "Slack refused the message: " + answer.path("error").asText());
        }
        return answer;
    }

    private JsonNode answer(HttpResponse<String> response) throws IOException {
        var status = response.statusCode();
        var answer = status == 200 ? json.readTree(response.body()) : json.createObjectNode();
        var error = answer.path("error").asText();
        if (status == 429 || error.equals("ratelimited")) {
            var now = clock.instant();
            throw new RateLimitedException(
                    "Slack takes no more messages for now",
                    RetryAfter.parse(
                                    response.headers().firstValue("Retry-After").orElse(null), now)
                            .map(until -> Duration.between(now, until))
                            .orElse(null));
        }
        if (status != 200 || TRANSIENT.contains(error)) {
            throw new IOException(
                    "Slack answered %d %s".formatted(status, error).strip());
        }
        return answer;
    }
}
