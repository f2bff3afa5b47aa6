package dev.drydock.http;

import dev.drydock.agent.RateLimitedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Posts JSON to one service, such as a Slack webhook. After a response with {@code Retry-After} it sends nothing until that
 * time, one hour at most.
 *
 * <p>No message contains an address, a request or a response body: each may hold a key.
 */
public final class WebhookClient {

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration MAX_PAUSE = Duration.ofHours(1);

    /**
     * A final response: the service accepted the post or refuses it permanently. Contains nothing of the body, which may
     * repeat what was sent.
     *
     * @param service its name in messages
     */
    public record Answer(String service, int status) {

        /** Whether the service accepted the post. */
        public boolean isAccepted() {
            return status / 100 == 2;
        }

        /** For messages: {@code Slack answered 404}. */
        @Override
        public String toString() {
            return service + " answered " + status;
        }
    }

    private final String name;
    private final WebhookClients shared;
    private volatile Instant pausedUntil = Instant.MIN;

    WebhookClient(String name, WebhookClients shared) {
        this.name = name;
        this.shared = shared;
    }

    /** Posts an object as JSON. In a native executable its type must be registered for reflection. */
    public Answer postJson(URI address, Object body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return post(address, shared.json.writeValueAsString(body), headers);
    }

    /**
     * Posts JSON, once. Ends within the timeout, or when its thread is interrupted.
     *
     * @return an answer of 2xx, or a permanent refusal: 4xx except 408 and 429
     * @throws RateLimitedException if the service takes no more for now: 429, or another temporary refusal that names a time
     * @throws IOException if a later attempt may succeed: the service failed or is unavailable
     */
    public Answer post(URI address, String body, Map<String, String> headers) throws IOException, InterruptedException {
        var now = shared.clock.instant();
        if (now.isBefore(pausedUntil)) {
            throw new RateLimitedException(
                    "%s asked for no requests until %s (Retry-After)".formatted(name, pausedUntil),
                    Duration.between(now, pausedUntil));
        }
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        var response = send(request.build());
        var answer = new Answer(name, response.statusCode());
        if (answer.isAccepted() || isPermanent(answer.status())) {
            return answer;
        }
        var pause = pause(response);
        if (answer.status() == TOO_MANY_REQUESTS || pause.isPresent()) {
            throw new RateLimitedException(answer.toString(), pause.orElse(null));
        }
        throw new IOException(answer.toString());
    }

    private Optional<Duration> pause(HttpResponse<?> response) {
        var now = shared.clock.instant();
        var pause = RateLimitHints.retryAfter(response.headers(), "", now)
                .map(asked -> asked.compareTo(MAX_PAUSE) < 0 ? asked : MAX_PAUSE);
        pause.ifPresent(asked -> pausedUntil = now.plus(asked));
        return pause;
    }

    private static boolean isPermanent(int status) {
        return status / 100 == 4 && status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS;
    }

    private HttpResponse<Void> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return shared.clients.send(request, BodyHandlers.discarding(), shared.timeout);
        } catch (IOException e) { // not passed on as the cause: that may contain an address or a response
            throw new IOException("%s: %s".formatted(name, e.getMessage()));
        }
    }
}
