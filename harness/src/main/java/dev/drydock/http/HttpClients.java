package dev.drydock.http;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The HTTP clients for all outgoing requests except those to token servers. They use HTTP/1.1 and wait five
 * seconds at most for a connection. No other class builds a client.
 */
@Singleton
public class HttpClients {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient direct = client(Redirect.NEVER);
    private final HttpClient following = client(Redirect.NORMAL);

    private static HttpClient client(Redirect redirects) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(redirects)
                .build();
    }

    /** A client that follows redirects, except from https to http. For requests without credentials. */
    public HttpClient followingRedirects() {
        return following;
    }

    /**
     * Sends a request once, and follows no redirect. An interrupt of the calling thread cancels the request.
     *
     * @param timeout from now to the end of the response's body
     * @return the response, whatever its status
     * @throws HttpTimeoutException if the response is not complete within the timeout
     * @throws IOException if the connection fails. No message contains an address; that of the cause may
     */
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body, Duration timeout)
            throws IOException, InterruptedException {
        var response = direct.sendAsync(request, body);
        try {
            return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no complete response within %d ms".formatted(timeout.toMillis()));
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "connection failed (%s)".formatted(cause.getClass().getSimpleName()), cause);
        } finally {
            response.cancel(true);
        }
    }
}
