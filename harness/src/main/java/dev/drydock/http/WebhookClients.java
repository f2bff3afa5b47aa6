package dev.drydock.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** Makes a {@link WebhookClient} for each service that receives posts. */
@Singleton
public class WebhookClients {

    final HttpClients clients;
    final InstantSource clock;
    final ObjectMapper json;

    public WebhookClients(HttpClients clients, InstantSource clock, ObjectMapper json) {
        this.clients = clients;
        this.clock = clock;
        this.json = json;
    }

    /**
     * A client for one service.
     *
     * @param name the service's name in messages
     * @param timeout of one post, to the end of its response; five seconds at most are spent on connecting
     */
    public WebhookClient named(String name, Duration timeout) {
        return new WebhookClient(name, timeout, this);
    }
}
