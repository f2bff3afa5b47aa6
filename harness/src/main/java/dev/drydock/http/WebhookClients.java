package dev.drydock.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** Makes a {@link WebhookClient} for each service that receives posts. */
@Singleton
public class WebhookClients {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    final HttpClients clients;
    final InstantSource clock;
    final ObjectMapper json;
    final Duration timeout;

    @Inject
    public WebhookClients(HttpClients clients, InstantSource clock, ObjectMapper json) {
        this(clients, clock, json, TIMEOUT);
    }

    /**
     * With another timeout.
     *
     * @param timeout of one post, to the end of its response; five seconds at most are spent on connecting
     */
    public WebhookClients(HttpClients clients, InstantSource clock, ObjectMapper json, Duration timeout) {
        this.clients = clients;
        this.clock = clock;
        this.json = json;
        this.timeout = timeout;
    }

    /** A client for one service, by its name in messages. */
    public WebhookClient named(String name) {
        return new WebhookClient(name, this);
    }
}
