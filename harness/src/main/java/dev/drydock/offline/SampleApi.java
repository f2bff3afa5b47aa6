package dev.drydock.offline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A server on the loopback interface that replaces APIs which are not configured. Each API returns a folder of samples, page
 * by page, to requests with an access token, so that dev mode and tests run the same code as production. It is not started
 * where no API has samples.
 */
@Singleton
@UnlessBuildProfile("prod")
final class SampleApi {

    /** Id and secret of the only client. */
    static final String CLIENT = "samples";

    private static final Logger LOG = Logger.getLogger(SampleApi.class);

    private final ObjectMapper json;
    private final SmallRyeConfig config;

    private @Nullable HttpServer server;

    SampleApi(ObjectMapper json, SmallRyeConfig config) {
        this.json = json;
        this.config = config;
    }

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) throws IOException {
        var names = SampleApiAddress.namesIn(config.getPropertyNames().iterator());
        names.removeIf(name -> !SampleApiAddress.url(name).equals(setting(name, "url")));
        if (names.isEmpty()) {
            return;
        }
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), SampleApiAddress.port());
        server = HttpServer.create(address, 0);
        var tokens = new SampleTokens(json);
        server.createContext("/token", tokens);
        for (var name : names) {
            var folder = Path.of(setting(name, "samples"));
            LOG.warnf("No drydock.http.%s.url: the samples in %s stand in for that API", name, folder);
            server.createContext("/" + name, new SamplePages(json, tokens, folder));
        }
        server.start();
    }

    private String setting(String api, String name) {
        return String.valueOf(
                config.getConfigValue("drydock.http." + api + "." + name).getValue());
    }

    void stop(@Observes ShutdownEvent event) {
        if (server != null) {
            server.stop(0);
        }
    }

    /** An answer in JSON. */
    record Answer(int status, Map<String, ?> content) {

        void send(HttpExchange exchange, ObjectMapper json) throws IOException {
            try (exchange) {
                var bytes = json.writeValueAsBytes(content);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
