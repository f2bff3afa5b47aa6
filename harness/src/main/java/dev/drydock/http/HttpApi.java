package dev.drydock.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one API, and follows its redirects. A token goes to the API's own scheme, host and port, and nowhere
 * else, whatever a redirect or a link says.
 */
public final class HttpApi {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REQUESTS = 6;

    private final HttpClient client;
    private final URI url;
    private final Duration timeout;

    HttpApi(HttpClient client, URI url, Duration timeout) {
        this.client = client;
        this.url = url;
        this.timeout = timeout;
    }

    /** The answer, whatever its status. */
    public HttpResponse<String> get(String path, @Nullable String token) throws IOException, InterruptedException {
        var address = address(path);
        for (int request = 1; request <= MOST_REQUESTS; request++) {
            var answer = send(HttpRequest.newBuilder(address).GET(), address, token);
            var location = answer.headers().firstValue("Location");
            if (location.isEmpty() || !REDIRECTS.contains(answer.statusCode())) {
                return answer;
            }
            address = target(address, location.get());
        }
        throw new IOException("redirected too often");
    }

    /** Puts JSON. The answer, whatever its status: nothing is sent after a redirect. */
    public HttpResponse<String> put(String path, String body, String key, @Nullable String token)
            throws IOException, InterruptedException {
        var address = address(path);
        var request = HttpRequest.newBuilder(address)
                .PUT(BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key);
        return send(request, address, token);
    }

    /** Whether the answered request carried a token. */
    static boolean carriedToken(HttpResponse<?> answer) {
        return answer.request().headers().firstValue("Authorization").isPresent();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, URI address, @Nullable String token)
            throws IOException, InterruptedException {
        request.header("Accept", "application/json, */*;q=0.5");
        if (token != null && origin(address).equals(origin(url))) {
            request.header("Authorization", "Bearer " + token);
        }
        var answer = client.sendAsync(request.build(), BodyHandlers.ofString());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within %d ms".formatted(timeout.toMillis()));
        } catch (ExecutionException e) {
            throw new IOException("no answer: " + e.getMessage(), e);
        } finally {
            answer.cancel(true);
        }
    }

    /** Where a redirect leads. From https to http it leads nowhere. */
    public static URI target(URI from, String location) throws IOException {
        try {
            var target = from.resolve(location);
            var safe = List.of("https", from.getScheme()).contains(target.getScheme());
            if (safe && target.getHost() != null) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // no address at all
        }
        throw new IOException("redirected to where one should not follow");
    }

    private URI address(String path) {
        if (path.startsWith("https://") || path.startsWith("http://")) {
            return URI.create(path);
        }
        var below = path.isEmpty() || path.startsWith("?") || path.startsWith("/") ? path : "/" + path;
        return URI.create(url.toString().replaceFirst("/+$", "") + below);
    }

    private static String origin(URI address) {
        var standard = address.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        var port = address.getPort() < 0 ? standard : address.getPort();
        return (address.getScheme() + "://" + address.getHost() + ":" + port).toLowerCase(Locale.ROOT);
    }
}
