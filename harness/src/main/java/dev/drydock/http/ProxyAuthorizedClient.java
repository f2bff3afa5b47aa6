package dev.drydock.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Adds {@code Proxy-Authorization} to requests through a proxy that needs it. The client sends that header to the proxy alone.
 * An {@link Authenticator} would do so, too, but with one the client fails on each 401 without {@code WWW-Authenticate}, which
 * many APIs answer.
 */
final class ProxyAuthorizedClient extends HttpClient {

    private final HttpClient client;
    private final Proxies proxies;

    ProxyAuthorizedClient(HttpClient client, Proxies proxies) {
        this.client = client;
        this.proxies = proxies;
    }

    private HttpRequest authorized(HttpRequest request) {
        return proxies.authorization(request.uri())
                .map(credentials -> HttpRequest.newBuilder(request, (name, value) -> true)
                        .setHeader("Proxy-Authorization", credentials)
                        .build())
                .orElse(request);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) throws IOException, InterruptedException {
        return client.send(authorized(request), body);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> body) {
        return client.sendAsync(authorized(request), body);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> body, @Nullable PushPromiseHandler<T> pushes) {
        return client.sendAsync(authorized(request), body, pushes);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
