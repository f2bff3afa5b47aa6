package dev.drydock.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;

/** The services that are posted to. They share one client, which follows no redirects. */
@Singleton
public class HttpTargets {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final InstantSource clock;
    private final ObjectMapper json;

    public HttpTargets(InstantSource clock, ObjectMapper json) {
        this.clock = clock;
        this.json = json;
    }

    /**
     * A service.
     *
     * @param name for people, in messages
     * @param timeout of one post, to the end of its answer; five seconds at most are spent on connecting
     */
    public HttpTarget named(String name, Duration timeout) {
        return new HttpTarget(name, timeout, this);
    }

    HttpClient client() {
        return client;
    }

    InstantSource clock() {
        return clock;
    }

    ObjectMapper json() {
        return json;
    }
}
