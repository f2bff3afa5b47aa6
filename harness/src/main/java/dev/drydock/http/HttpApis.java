package dev.drydock.http;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.HttpSettings;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The APIs under {@code drydock.http}, by name. Sources and channels of one API share its access tokens. */
@Singleton
public class HttpApis {

    private final Map<String, HttpApi> byName = new HashMap<>();
    private final HttpClients clients;
    private final Event<CredentialsEvent> events;
    private final InstantSource clock;

    public HttpApis(DrydockConfig config, HttpClients clients, Event<CredentialsEvent> events, InstantSource clock) {
        this.clients = clients;
        this.events = events;
        this.clock = clock;
        config.http().forEach((name, settings) -> byName.put(name, api(name, settings)));
    }

    /** The API of this name; empty if {@code drydock.http.NAME} is not set. */
    public Optional<HttpApi> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private HttpApi api(String name, HttpSettings settings) {
        var tokens = settings.oauth().map(oauth -> new AccessTokens(settings, oauth, clients, clock));
        return new HttpApi(name, settings, tokens, clients, events);
    }
}
