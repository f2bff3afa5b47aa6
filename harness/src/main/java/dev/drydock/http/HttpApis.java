package dev.drydock.http;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.HttpSettings;
import dev.drydock.http.TokenRequest.Tokens;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** The APIs under {@code drydock.http}, by name. Sources and channels of one API share its access tokens. */
@Singleton
public class HttpApis {

    private static final Logger LOG = Logger.getLogger(HttpApis.class);

    private final Map<String, HttpApi> byName = new HashMap<>();
    private final HttpClients clients;
    private final Event<CredentialsEvent> events;
    private final InstantSource clock;
    private final SharedTokens shared;
    private final Optional<String> key;

    public HttpApis(
            DrydockConfig config,
            HttpClients clients,
            Event<CredentialsEvent> events,
            InstantSource clock,
            SharedTokens shared) {
        this.clients = clients;
        this.events = events;
        this.clock = clock;
        this.shared = shared;
        this.key = config.encryptionKey();
        config.http().forEach((name, settings) -> byName.put(name, api(name, settings)));
    }

    /** The API of this name; empty if {@code drydock.http.NAME} is not set. */
    public Optional<HttpApi> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private HttpApi api(String name, HttpSettings settings) {
        var tokens = settings.oauth().map(oauth -> new AccessTokens(issuer(name, settings, oauth), clock));
        return new HttpApi(name, settings, tokens, clients, events);
    }

    private AccessTokens.Issuer issuer(String name, HttpSettings settings, HttpSettings.OAuth oauth) {
        var tokenServer = new TokenRequest(settings, oauth, clients, clock);
        if (oauth.refreshToken().isEmpty()) {
            return refused -> tokenServer.send(Optional.empty());
        }
        if (key.isPresent()) {
            return new RefreshTokens(name, oauth, key.get(), tokenServer, new RefreshTokens.Keeping(shared, clock));
        }
        LOG.warnf(
                "API %s has a refresh token and DRYDOCK_ENCRYPTION_KEY is not set: if the token server replaces refresh tokens,"
                        + " only this process has the newest one, and after a restart access is refused. Set it to what"
                        + " \"openssl rand -base64 32\" prints",
                name);
        return new AccessTokens.Issuer() {

            private volatile Optional<String> newest = oauth.refreshToken();

            @Override
            public CompletableFuture<Tokens> request(Optional<String> refused) {
                return tokenServer.send(newest).thenApply(tokens -> {
                    newest = tokens.refreshToken();
                    return tokens;
                });
            }
        };
    }
}
