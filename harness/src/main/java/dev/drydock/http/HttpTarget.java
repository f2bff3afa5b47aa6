package dev.drydock.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A service that is posted to. Tells what it refuses for good from what it may take another time, and leaves it alone for
 * as long as its {@code Retry-After} asks, up to an hour.
 *
 * <p>No message names an address or quotes what was sent or answered: each may hold a key.
 */
public final class HttpTarget {

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final String name;
    private final Duration timeout;
    private final HttpTargets all;
    private volatile Instant pausedUntil = Instant.MIN;

    HttpTarget(String name, Duration timeout, HttpTargets all) {
        this.name = name;
        this.timeout = timeout;
        this.all = all;
    }

    /** Posts an object as JSON. In a native executable its type must be registered for reflection. */
    public HttpAnswer postJson(URI address, Object body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return post(address, all.json().writeValueAsString(body), headers);
    }

    /**
     * Posts JSON, once. Ends within the timeout, or when its thread is interrupted.
     *
     * @return an answer of 2xx, or one that will not be another the next time: 4xx, save 408 and 429
     * @throws IOException if it may be taken another time: the service is busy, broken or away, or asked for a pause
     */
    public HttpAnswer post(URI address, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        if (all.clock().instant().isBefore(pausedUntil)) {
            throw new IOException(name + " wants to be left alone for a while");
        }
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        var response = send(request.build());
        var answer = new HttpAnswer(name, response.statusCode());
        if (answer.isTaken() || isForGood(answer.status())) {
            return answer;
        }
        pauseAsAskedFor(response);
        throw new IOException(answer.toString());
    }

    private void pauseAsAskedFor(HttpResponse<?> response) {
        var now = all.clock().instant();
        var latest = now.plus(LONGEST_PAUSE);
        RetryAfter.parse(response.headers().firstValue("Retry-After").orElse(null), now)
                .ifPresent(until -> pausedUntil = until.isBefore(latest) ? until : latest);
    }

    private static boolean isForGood(int status) {
        return status / 100 == 4 && status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS;
    }

    private HttpResponse<Void> send(HttpRequest request) throws IOException, InterruptedException {
        var answer = all.client().sendAsync(request, BodyHandlers.discarding());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("%s did not answer within %d ms".formatted(name, timeout.toMillis()));
        } catch (ExecutionException e) { // left out of the chain, because it may quote an address or an answer
            var why = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "%s cannot be reached (%s)".formatted(name, why.getClass().getSimpleName()));
        } finally {
            answer.cancel(true);
        }
    }
}
