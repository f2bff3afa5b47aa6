package dev.drydock.http;

import dev.drydock.config.HttpSettings;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One API under {@code drydock.http}, with its access tokens where OAuth is set. A token that the API refuses with 401 is
 * replaced, and the request sent once more. A token goes to the API's own scheme, host and port only, whatever a redirect
 * or a link says.
 */
public final class HttpApi {

    private static final Logger LOG = Logger.getLogger(HttpApi.class);
    private static final int UNAUTHORIZED = 401;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_REQUESTS = 6;

    private final String name;
    private final HttpSettings settings;
    private final Optional<AccessTokens> tokens;
    private final HttpClients clients;
    private final Event<CredentialsEvent> events;
    private final AtomicBoolean accepted = new AtomicBoolean();

    HttpApi(
            String name,
            HttpSettings settings,
            Optional<AccessTokens> tokens,
            HttpClients clients,
            Event<CredentialsEvent> events) {
        this.name = name;
        this.settings = settings;
        this.tokens = tokens;
        this.clients = clients;
        this.events = events;
    }

    /** The name under {@code drydock.http}. */
    public String name() {
        return name;
    }

    /** Requests that it is known to take in a second. */
    public Optional<Double> perSecond() {
        return settings.perSecond();
    }

    /**
     * Sends a GET and follows five redirects at most.
     *
     * @param path below the API's {@code url}, or a complete address
     * @return the response, whatever its status
     * @throws CredentialsRefusedException if the token server issues no token, or the API refuses a new one
     */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return authorized(token -> {
            var address = address(path);
            for (int request = 1; request <= MAX_REQUESTS; request++) {
                var response = send(
                        HttpRequest.newBuilder(address).GET(), LimitedBody.text(settings.maxBytes()), address, token);
                var location = response.headers().firstValue("Location");
                if (location.isEmpty() || !REDIRECTS.contains(response.statusCode())) {
                    return response;
                }
                address = target(address, location.get());
            }
            throw new IOException("more than %d redirects".formatted(MAX_REQUESTS - 1));
        });
    }

    /**
     * Sends a PUT of JSON and follows no redirect.
     *
     * @param key sent as {@code Idempotency-Key}
     * @return the response, whatever its status; its body is discarded
     * @throws CredentialsRefusedException if the token server issues no token, or the API refuses a new one
     */
    public HttpResponse<String> put(String path, String body, String key) throws IOException, InterruptedException {
        var address = address(path);
        return authorized(token -> send(
                HttpRequest.newBuilder(address)
                        .PUT(BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key),
                head -> BodySubscribers.replacing(""),
                address,
                token));
    }

    /** A request that can be sent again with another token. */
    @FunctionalInterface
    private interface Request {

        HttpResponse<String> send(@Nullable String token) throws IOException, InterruptedException;
    }

    private HttpResponse<String> authorized(Request request) throws IOException, InterruptedException {
        if (tokens.isEmpty()) {
            return request.send(null);
        }
        var token = token(tokens.get(), Optional.empty());
        var response = request.send(token);
        if (refusesToken(response)) {
            response = request.send(token(tokens.get(), Optional.of(token)));
        }
        if (refusesToken(response)) {
            throw refused("the API answered 401 to a new token");
        }
        if (accepted.compareAndSet(false, true)) {
            events.fire(new CredentialsEvent.Accepted(name));
        }
        return response;
    }

    private String token(AccessTokens tokens, Optional<String> refused)
            throws CredentialsRefusedException, InterruptedException {
        try {
            return tokens.get(refused);
        } catch (TokenRequest.NoTokenException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static boolean refusesToken(HttpResponse<?> response) {
        return response.statusCode() == UNAUTHORIZED
                && response.request().headers().firstValue("Authorization").isPresent();
    }

    private CredentialsRefusedException refused(String reason) {
        var event = new CredentialsEvent.Refused(name, reason);
        LOG.warnf("API %s refused access: %s; this request fails, the next one requests a new token", name, reason);
        accepted.set(false);
        events.fire(event);
        return new CredentialsRefusedException(event);
    }

    private HttpResponse<String> send(
            HttpRequest.Builder request, BodyHandler<String> body, URI address, @Nullable String token)
            throws IOException, InterruptedException {
        request.header("Accept", "application/json, */*;q=0.5");
        if (token != null && origin(address).equals(origin(settings.url()))) {
            request.header("Authorization", "Bearer " + token);
        }
        return clients.send(request.build(), body, settings.timeout());
    }

    /** Where a redirect leads. Redirects from https to http are refused. */
    public static URI target(URI from, String location) throws IOException {
        try {
            var target = from.resolve(location);
            var safe = List.of("https", from.getScheme()).contains(target.getScheme());
            if (safe && target.getHost() != null) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // no valid address
        }
        throw new IOException("refused to follow an unsafe redirect");
    }

    private URI address(String path) {
        if (path.startsWith("https://") || path.startsWith("http://")) {
            return URI.create(path);
        }
        var below = path.isEmpty() || path.startsWith("?") || path.startsWith("/") ? path : "/" + path;
        return URI.create(settings.url().toString().replaceFirst("/+$", "") + below);
    }

    private static String origin(URI address) {
        var standard = address.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        var port = address.getPort() < 0 ? standard : address.getPort();
        return (address.getScheme() + "://" + address.getHost() + ":" + port).toLowerCase(Locale.ROOT);
    }
}
