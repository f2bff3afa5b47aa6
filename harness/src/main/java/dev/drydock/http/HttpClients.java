package dev.drydock.http;

import dev.drydock.config.DrydockConfig;
import dev.drydock.http.LimitedBody.TooLargeException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The HTTP clients for all outgoing requests. They use HTTP/1.1, the proxies and the certificates that are set, and wait five
 * seconds at most for a connection. No other class builds a client.
 */
@Singleton
public class HttpClients {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    /** Without it, the Java runtime sends no password to a proxy when it asks for a tunnel. It is read once, at the first use. */
    private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    private final Proxies proxies;
    private final Optional<TrustedCertificates> certificates;
    private final HttpClient direct;
    private final HttpClient following;

    /** Fails if {@code SSL_CERT_FILE} cannot be read. */
    public HttpClients(DrydockConfig config) {
        allowPasswordsForTunnels();
        this.proxies = new Proxies(config.network());
        this.certificates = config.network().certFile().map(TrustedCertificates::of);
        this.direct = client(Redirect.NEVER, CONNECT_TIMEOUT);
        this.following = client(Redirect.NORMAL, CONNECT_TIMEOUT);
    }

    /** Not in a static initializer: a native executable runs those when it is built. */
    private static void allowPasswordsForTunnels() {
        if (System.getProperty(DISABLED_SCHEMES) == null) {
            System.setProperty(DISABLED_SCHEMES, "");
        }
    }

    private HttpClient client(Redirect redirects, Duration connectTimeout) {
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(redirects)
                .proxy(proxies);
        certificates.ifPresent(trusted -> builder.sslContext(trusted.context()));
        var client = builder.build();
        return proxies.needCredentials() ? new ProxyAuthorizedClient(client, proxies) : client;
    }

    /** For clients of other libraries. */
    public Proxies proxies() {
        return proxies;
    }

    /** For clients of other libraries; empty if {@code SSL_CERT_FILE} is not set. */
    public Optional<TrustedCertificates> certificates() {
        return certificates;
    }

    /** A client that follows redirects, except from https to http. For requests without credentials. */
    public HttpClient followingRedirects() {
        return following;
    }

    /** Sends a request once, follows no redirect and does not wait. What it completes with has no timeout. */
    <T> CompletableFuture<HttpResponse<T>> start(HttpRequest request, BodyHandler<T> body) {
        return direct.sendAsync(request, body);
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
        try {
            return send(request, body, timeLeft(timeout));
        } catch (HttpTimeoutException e) {
            throw new HttpTimeoutException("no complete response within %d ms".formatted(timeout.toMillis()));
        }
    }

    /** A timeout that begins now and is not extended. */
    public static Supplier<Duration> timeLeft(Duration timeout) {
        var end = System.nanoTime() + timeout.toNanos();
        return () -> Duration.ofNanos(end - System.nanoTime());
    }

    /**
     * The same with a timeout that may be extended meanwhile.
     *
     * @param left how much longer to wait; asked again when that is over
     */
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body, Supplier<Duration> left)
            throws IOException, InterruptedException {
        var response = start(request, body);
        try {
            var complete = await(response, left);
            if (complete.statusCode() == PROXY_AUTHENTICATION_REQUIRED) {
                throw new IOException("the proxy answered 407; check user and password in HTTPS_PROXY and HTTP_PROXY");
            }
            return complete;
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(reason(cause), cause);
        } finally {
            response.cancel(true);
        }
    }

    private static <T> T await(CompletableFuture<T> response, Supplier<Duration> left)
            throws HttpTimeoutException, ExecutionException, InterruptedException {
        for (var wait = left.get().toNanos(); wait > 0; wait = left.get().toNanos()) {
            try {
                return response.get(wait, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) { // then there may be more time now
            }
        }
        throw new HttpTimeoutException("no complete response in time");
    }

    /** Why a request failed, without any address, and with the setting that helps where one does. */
    public static String reason(Throwable fault) {
        var cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        if (cause instanceof TooLargeException) {
            return "the answer is " + cause.getMessage();
        }
        return isUntrusted(cause)
                ? "the server's certificate is not trusted; to trust the authority that issued it,"
                        + " set SSL_CERT_FILE to a file with its certificate (PEM)"
                : "connection failed (%s)".formatted(cause.getClass().getSimpleName());
    }

    /** Whether a connection failed because no trusted authority has issued the server's certificate. */
    public static boolean isUntrusted(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
                .anyMatch(CertPathBuilderException.class::isInstance);
    }
}
