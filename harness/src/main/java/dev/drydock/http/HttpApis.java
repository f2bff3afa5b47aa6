package dev.drydock.http;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.HttpSettings;
import io.quarkus.oidc.client.OidcClients;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The APIs that are set under {@code drydock.http}, by name: what reads from one and what writes to it share its tokens. */
@Singleton
public class HttpApis {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Map<String, AuthorizedApi> byName = new HashMap<>();
    private final OidcClients clients;
    private final Event<SourceAccess> events;
    private final InstantSource clock;

    public HttpApis(DrydockConfig config, OidcClients clients, Event<SourceAccess> events, InstantSource clock) {
        this.clients = clients;
        this.events = events;
        this.clock = clock;
        config.http().forEach((name, settings) -> byName.put(name, api(name, settings)));
    }

    public Optional<AuthorizedApi> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private AuthorizedApi api(String name, HttpSettings settings) {
        var credentials = settings.oauth()
                .map(oauth -> new TokenServer(name, settings, oauth, clients))
                .map(server -> new OAuthCredentials(name, server, events, clock));
        return new AuthorizedApi(name, new HttpApi(client, settings.url(), settings.timeout()), credentials);
    }
}
