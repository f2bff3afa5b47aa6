package dev.drydock.http;

import dev.drydock.config.HttpSettings;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientException;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.runtime.OidcClientConfig;
import io.quarkus.oidc.client.runtime.OidcClientConfig.Grant;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
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

    private final OidcClient client;
    private final Duration timeout;
    private final Map<String, String> parameters;
    private final InstantSource clock;
    private volatile Optional<String> refreshToken;
    private @Nullable CompletableFuture<Tokens> latest;

    AccessTokens(
            String api, HttpSettings settings, HttpSettings.OAuth oauth, OidcClients clients, InstantSource clock) {
        this.client = clients.newClient(client(api, oauth)).await().atMost(settings.timeout());
        this.timeout = settings.timeout();
        this.parameters = oauth.parameters();
        this.refreshToken = oauth.refreshToken();
        this.clock = clock;
    }

    private static OidcClientConfig client(String api, HttpSettings.OAuth oauth) {
        return OidcClientConfig.builder()
                .id(api)
                .tokenPath(oauth.tokenUrl().toString())
                .clientId(oauth.clientId())
                .credentials(oauth.clientSecret())
                .scopes(oauth.scopes().orElse(List.of()))
                .grant(oauth.refreshToken().isPresent() ? Grant.Type.REFRESH : Grant.Type.CLIENT)
                .followRedirects(false)
                .build();
    }

    /**
     * A token that has not expired. Threads that need one at the same time share one request.
     *
     * @param refused a token that the API refused, and that is not returned again
     */
    String get(@Nullable String refused) throws NoTokenException, InterruptedException {
        try {
            return usable(refused).get().getAccessToken();
        } catch (ExecutionException e) {
            throw new NoTokenException(reason(e)); // without the cause: its message is the server's response
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
        var expires = tokens.getAccessTokenExpiresAt(); // null if the server did not say
        return !tokens.getAccessToken().equals(refused)
                && (expires == null || clock.instant().isBefore(Instant.ofEpochSecond(expires)));
    }

    /** Sends one request and does not wait. The result completes within the timeout. */
    private CompletableFuture<Tokens> request() {
        return refreshToken
                .map(token -> client.refreshTokens(token, parameters))
                .orElseGet(() -> client.getTokens(parameters))
                .onItem()
                .transformToUni(this::checked)
                .ifNoItem()
                .after(timeout)
                .fail()
                .subscribeAsCompletionStage();
    }

    private Uni<Tokens> checked(Tokens tokens) {
        var token = tokens.getAccessToken();
        if (token == null || !HEADER_SAFE.matcher(token).matches()) {
            return Uni.createFrom().failure(new OidcClientException("no usable token"));
        }
        refreshToken = refreshToken.map(
                old -> Optional.ofNullable(tokens.getRefreshToken()).orElse(old));
        return Uni.createFrom().item(tokens);
    }

    private static String reason(ExecutionException fault) {
        if (fault.getCause() instanceof TimeoutException) {
            return "the token server timed out";
        }
        var error = ERROR.matcher(String.valueOf(fault.getMessage()));
        return error.find()
                ? "the token server answered " + error.group(1)
                : "the token server is unavailable, or its response has no token";
    }
}
