package dev.drydock.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.HttpSettings;
import dev.drydock.config.SettingsException;
import io.quarkus.oidc.client.OidcClients;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The HTTP sources that are set under {@code drydock.http}, by name. */
@Singleton
public class HttpSources {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Map<String, HttpSource> byName = new HashMap<>();
    private final OidcClients clients;
    private final Event<SourceAccess> events;
    private final InstantSource clock;
    private final ObjectMapper json;

    HttpSources(
            DrydockConfig config,
            OidcClients clients,
            Event<SourceAccess> events,
            InstantSource clock,
            ObjectMapper json) {
        this.clients = clients;
        this.events = events;
        this.clock = clock;
        this.json = json;
        config.http().forEach((name, settings) -> byName.put(name, source(name, settings)));
    }

    /**
     * The source of this name. Ask for it in the agent's constructor, so that a missing setting ends the start.
     *
     * @throws SettingsException if there is none
     */
    public HttpSource named(String name) {
        var source = byName.get(name);
        if (source == null) {
            throw new SettingsException(
                    "drydock.http.%s.url is missing: set it to the address of what an agent reads".formatted(name));
        }
        return source;
    }

    private HttpSource source(String name, HttpSettings settings) {
        var api = new HttpApi(client, settings.url(), settings.timeout());
        var credentials = settings.oauth()
                .map(oauth -> new TokenServer(name, settings, oauth, clients))
                .map(server -> new OAuthCredentials(name, server, events, clock));
        return new HttpSource(name, api, credentials, json);
    }
}
