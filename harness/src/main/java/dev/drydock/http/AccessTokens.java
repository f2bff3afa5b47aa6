package dev.drydock.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.HttpSettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The OAuth access token of one API: requested when first needed, kept until it expires, replaced when the API refuses it.
 * Requested by client credentials, or by a refresh token where one is set.
 */
final class AccessTokens {

    /** https://www.rfc-editor.org/rfc/rfc6749#section-5.2; the rest of such a response may contain secrets. */
    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"(invalid_request|invalid_client"
            + "|invalid_grant|unauthorized_client|unsupported_grant_type|invalid_scope)\"");

    private static final Pattern HEADER_SAFE = Pattern.compile("[!-~]+");

    /** The token server issued no token. The message contains nothing of the request or the response. */
    static final class NoTokenException extends Exception {

        private static final long serialVersionUID = 1;

        private NoTokenException(String reason) {
            super(reason);
        }
    }

    private static final String NO_TOKEN = "the response of the token server contains no token";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BYTES = 1 << 20;
    private static final int OK = 200;

    private record Tokens(String accessToken, Instant expiresAt) {}

    private final HttpSettings.OAuth oauth;
    private final Duration timeout;
    private final HttpClients clients;
    private final InstantSource clock;
    private volatile Optional<String> refreshToken;
    private @Nullable CompletableFuture<Tokens> latest;

    AccessTokens(HttpSettings settings, HttpSettings.OAuth oauth, HttpClients clients, InstantSource clock) {
        this.oauth = oauth;
        this.timeout = settings.timeout();
        this.clients = clients;
        this.clock = clock;
        this.refreshToken = oauth.refreshToken();
    }

    /**
     * A token that has not expired. Threads that need one at the same time share one request.
     *
     * @param refused a token that the API refused, and that is not returned again
     */
    String get(@Nullable String refused) throws NoTokenException, InterruptedException {
        try {
            return usable(refused).get().accessToken();
        } catch (ExecutionException e) {
            throw noToken(e.getCause() == null ? e : e.getCause());
        }
    }

    private synchronized CompletableFuture<Tokens> usable(@Nullable String refused) {
        var tokens = latest;
        if (tokens == null || !isUsable(tokens, refused)) {
            tokens = request();
            latest = tokens;
        }
        return tokens;
    }

    private boolean isUsable(CompletableFuture<Tokens> requested, @Nullable String refused) {
        if (!requested.isDone()) {
            return true;
        }
        if (requested.isCompletedExceptionally()) {
            return false;
        }
        var tokens = requested.join();
        return !tokens.accessToken().equals(refused) && clock.instant().isBefore(tokens.expiresAt());
    }

    /** Sends one request and does not wait. The result completes within the timeout. */
    private CompletableFuture<Tokens> request() {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", refreshToken.isPresent() ? "refresh_token" : "client_credentials");
        refreshToken.ifPresent(token -> form.put("refresh_token", token));
        oauth.scopes().ifPresent(scopes -> form.put("scope", String.join(" ", scopes)));
        form.putAll(oauth.parameters());
        var request = HttpRequest.newBuilder(oauth.tokenUrl())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .header("Authorization", basic(oauth.clientId(), oauth.clientSecret()))
                .POST(BodyPublishers.ofString(encoded(form)))
                .build();
        return clients.start(request, head -> new LimitedBody(MAX_BYTES))
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(this::read);
    }

    private Tokens read(HttpResponse<byte[]> response) {
        var body = new String(response.body(), UTF_8);
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (IOException e) {
            throw new CompletionException(new NoTokenException(NO_TOKEN));
        }
        var token = json.path("access_token").asText("");
        if (response.statusCode() != OK || !HEADER_SAFE.matcher(token).matches()) {
            var error = ERROR.matcher(body);
            throw new CompletionException(
                    new NoTokenException(error.find() ? "the token server answered " + error.group(1) : NO_TOKEN));
        }
        refreshToken = refreshToken.map(old -> json.path("refresh_token").asText(old));
        var seconds = json.path("expires_in").asLong(-1);
        return new Tokens(token, seconds < 0 ? Instant.MAX : clock.instant().plusSeconds(seconds));
    }

    /** https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 */
    private static String basic(String id, String secret) {
        var credentials = encoded(id) + ":" + encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static NoTokenException noToken(Throwable fault) {
        if (fault instanceof NoTokenException known) {
            return known;
        }
        return new NoTokenException(
                fault instanceof TimeoutException
                        ? "the token server timed out"
                        : "the token server is unavailable: " + HttpClients.reason(fault));
    }
}
