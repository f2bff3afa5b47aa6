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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/** Where one source's access tokens come from: for the client's credentials, or for a refresh token. */
final class TokenServer {

    /** https://www.rfc-editor.org/rfc/rfc6749#section-5.2; the rest of such an answer may quote secrets. */
    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"(invalid_request|invalid_client"
            + "|invalid_grant|unauthorized_client|unsupported_grant_type|invalid_scope)\"");

    private static final Pattern HEADER_SAFE = Pattern.compile("[!-~]+");

    private final OidcClient client;
    private final Duration timeout;
    private final Map<String, String> parameters;
    private volatile Optional<String> refreshToken;

    TokenServer(String source, HttpSettings settings, HttpSettings.OAuth oauth, OidcClients clients) {
        this.client = clients.newClient(client(source, oauth)).await().atMost(settings.timeout());
        this.timeout = settings.timeout();
        this.parameters = oauth.parameters();
        this.refreshToken = oauth.refreshToken();
    }

    private static OidcClientConfig client(String source, HttpSettings.OAuth oauth) {
        return OidcClientConfig.builder()
                .id(source)
                .tokenPath(oauth.tokenUrl().toString())
                .clientId(oauth.clientId())
                .credentials(oauth.clientSecret())
                .scopes(oauth.scopes().orElse(List.of()))
                .grant(oauth.refreshToken().isPresent() ? Grant.Type.REFRESH : Grant.Type.CLIENT)
                .followRedirects(false)
                .build();
    }

    /** Sends one request, and does not wait. What is returned ends within the timeout, whatever the server does. */
    CompletableFuture<Tokens> ask() {
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

    /** Why there is no token, in words that quote nothing of what was sent or answered. */
    static String reason(ExecutionException fault) {
        if (fault.getCause() instanceof TimeoutException) {
            return "the token server did not answer in time";
        }
        var error = ERROR.matcher(String.valueOf(fault.getMessage()));
        return error.find()
                ? "the token server answered " + error.group(1)
                : "the token server cannot be reached, or gives no token";
    }
}
