package dev.drydock.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.TestSettings;
import dev.drydock.http.CredentialsEvent;
import dev.drydock.http.HttpApis;
import dev.drydock.http.HttpClients;
import dev.drydock.http.OwnPauses;
import dev.drydock.http.RequestPaces;
import dev.drydock.http.SharedTokens;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes HTTP sources and channels of the settings that a test names. */
@Singleton
public class Sources {

    public static final String SECRET = "hush-hush-hush";

    private final Event<CredentialsEvent> events;
    private final ObjectMapper json;
    private final SharedTokens shared;

    Sources(Event<CredentialsEvent> events, ObjectMapper json, SharedTokens shared) {
        this.events = events;
        this.json = json;
        this.shared = shared;
    }

    /** A source "tickets", with settings that begin behind its name, and an {@code encryption-key}. */
    public HttpSource tickets(Map<String, String> settings, InstantSource clock) {
        return new HttpSources(apis(settings, clock), new RequestPaces(new OwnPauses(), clock), json).named("tickets");
    }

    /** A channel "tickets", in the same way. */
    HttpChannel ticketsChannel(Map<String, String> settings) {
        return new HttpChannels(
                        apis(settings, InstantSource.system()),
                        new RequestPaces(new OwnPauses(), InstantSource.system()),
                        json)
                .named("tickets");
    }

    private HttpApis apis(Map<String, String> settings, InstantSource clock) {
        var all = new HashMap<String, String>();
        settings.forEach((name, value) -> all.put("drydock.http.tickets." + name, value));
        Optional.ofNullable(all.remove("drydock.http.tickets.encryption-key"))
                .ifPresent(key -> all.put("drydock.encryption-key", key));
        if (settings.containsKey("oauth.token-url")) {
            all.put("drydock.http.tickets.oauth.client-id", "drydock");
            all.put("drydock.http.tickets.oauth.client-secret", SECRET);
        }
        return new HttpApis(TestSettings.of(all), new HttpClients(TestSettings.of(all)), events, clock, shared);
    }
}
