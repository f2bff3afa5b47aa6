package dev.drydock.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.agent.RateLimitedException;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.HttpClients;
import dev.drydock.http.RequestPace;
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
 * posted, so that reactions to it can be told apart. https://docs.slack.dev/reference/methods/chat.postMessage
 */
@Singleton
class SlackBot {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> TRANSIENT =
            Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout");

    private final Optional<String> token;
    private final Optional<String> channel;
    private final URI address;
    private final HttpClients clients;
    private final ObjectMapper json;
    private final InstantSource clock;

    SlackBot(DrydockConfig config, HttpClients clients, ObjectMapper json, InstantSource clock) {
        this.token = config.slack().botToken();
        this.channel = config.slack().channel();
        this.address = URI.create(config.slack().baseUrl().toString().replaceFirst("/+$", "") + "/chat.postMessage");
        this.clients = clients;
        this.json = json;
        this.clock = clock;
    }

    boolean isOn() {
        return token.isPresent() && channel.isPresent();
    }

    /** Returns the channel and the time by which Slack knows the message. */
    SlackMessage post(String text, RequestPace pace) throws UndeliverableException, IOException, InterruptedException {
        var body = json.createObjectNode().put("channel", channel.orElseThrow()).put("text", text);
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Authorization", "Bearer " + token.orElseThrow())
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        var answer = pace.send(
                RequestPace.WAIT_OF_DELIVERY, () -> answer(clients.send(request, BodyHandlers.ofString(), TIMEOUT)));
        if (answer.path("ok").asBoolean()) {
            return new SlackMessage(
                    answer.path("channel").asText(), answer.path("ts").asText());
        }
        throw new UndeliverableException(
                "Slack refused the message: " + answer.path("error").asText());
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
