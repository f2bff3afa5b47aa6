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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Requests tokens from the token server of one API, by client credentials or by a refresh token. */
final class TokenRequest {

    /** https://www.rfc-editor.org/rfc/rfc6749#section-5.2; the rest of such a response may contain secrets. */
    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"(invalid_request|invalid_client"
            + "|invalid_grant|unauthorized_client|unsupported_grant_type|invalid_scope)\"");

    private static final Pattern HEADER_SAFE = Pattern.compile("[!-~]+");
    private static final String NO_TOKEN = "the response of the token server contains no token";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BYTES = 1 << 20;
    private static final int OK = 200;

    /** What a token server issued, with the refresh token that replaces the one that was sent. */
    record Tokens(String accessToken, Instant expiresAt, Optional<String> refreshToken) {

        /** Whether a request may carry it. */
        boolean areUsable(Optional<String> refused, Instant now) {
            return !Optional.of(accessToken).equals(refused) && now.isBefore(expiresAt);
        }
    }

    /** The token server issued no token. The message contains nothing of the request or the response. */
    static final class NoTokenException extends Exception {

        private static final long serialVersionUID = 1;

        private NoTokenException(String reason) {
            super(reason);
        }
    }

    private final HttpSettings.OAuth oauth;
    private final Duration timeout;
    private final HttpClients clients;
    private final InstantSource clock;

    TokenRequest(HttpSettings settings, HttpSettings.OAuth oauth, HttpClients clients, InstantSource clock) {
        this.oauth = oauth;
        this.timeout = settings.timeout();
        this.clients = clients;
        this.clock = clock;
    }

    /** Sends one request and does not wait. The result completes within the timeout. */
    CompletableFuture<Tokens> send(Optional<String> refreshToken) {
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
                .thenApply(response -> read(response, refreshToken));
    }

    private Tokens read(HttpResponse<byte[]> response, Optional<String> refreshToken) {
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
        var seconds = json.path("expires_in").asLong(-1);
        return new Tokens(
                token,
                seconds < 0 ? Instant.MAX : clock.instant().plusSeconds(seconds),
                refreshToken.map(old -> json.path("refresh_token").asText(old)));
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

    /** Why a request came to nothing. */
    static NoTokenException noToken(Throwable fault) {
        if (fault instanceof NoTokenException known) {
            return known;
        }
        return new NoTokenException(
                fault instanceof TimeoutException
                        ? "the token server timed out"
                        : "the token server is unavailable: " + HttpClients.reason(fault));
    }
}
