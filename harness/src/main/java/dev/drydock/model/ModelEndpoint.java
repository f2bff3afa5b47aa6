package dev.drydock.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.ModelSettings;
import dev.drydock.http.HttpClients;
import dev.drydock.http.LimitedBody;
import dev.drydock.model.ModelFault.Kind;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;

/** The server of the models: sends requests to it, and retries none. As many calls as wanted may be in flight. */
@Singleton
class ModelEndpoint {

    private static final Logger LOG = Logger.getLogger(ModelEndpoint.class);

    private static final int LARGEST_BODY = 32 * 1024 * 1024;

    private final ModelSettings settings;
    private final ObjectMapper mapper;
    private final HttpClients clients;
    private final AtomicBoolean warned = new AtomicBoolean();

    ModelEndpoint(DrydockConfig config, ObjectMapper mapper, HttpClients clients) {
        this.clients = clients;
        this.settings = config.model();
        this.mapper = mapper;
    }

    /**
     * Posts JSON and waits for the whole response, whatever its status. Throws what {@link ModelFault} describes.
     *
     * @param left how much longer to wait; asked again when that is over
     */
    HttpResponse<byte[]> post(String path, JsonNode body, Supplier<Duration> left) {
        try {
            return post(path, "application/json", mapper.writeValueAsBytes(body), left);
        } catch (IOException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /** The same with a body of any type. */
    HttpResponse<byte[]> post(String path, String contentType, byte[] body, Supplier<Duration> left) {
        var request = request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body));
        return send(request, LARGEST_BODY, left);
    }

    /** Reads what is at an address, whatever the status. Throws what {@link ModelFault} describes. */
    HttpResponse<byte[]> get(String path, int largestBody, Duration timeout) {
        return send(request(path).GET(), largestBody, HttpClients.timeLeft(timeout));
    }

    /** What the server says at an address; empty for whatever reason it says nothing. */
    Optional<JsonNode> find(String path, Duration timeout) {
        try {
            var response = get(path, LARGEST_BODY, timeout);
            return response.statusCode() == 200
                    ? Optional.ofNullable(mapper.readTree(response.body()))
                    : Optional.empty();
        } catch (ModelUnavailableException | IOException e) {
            return Optional.empty();
        }
    }

    /** {@code path} below the base URL; one that begins with {@code ..} below the base URL without its last part. */
    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(address(path)).header("Accept", "application/json");
        settings.apiKey()
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return request;
    }

    private URI address(String path) {
        var base = settings.baseUrl().toString();
        var query = base.indexOf('?');
        var plain = (query < 0 ? base : base.substring(0, query)).replaceFirst("/+$", "");
        var below =
                path.startsWith("..") ? plain.substring(0, plain.lastIndexOf('/')) + path.substring(2) : plain + path;
        return URI.create(query < 0 ? below : below + base.substring(query));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, int largestBody, Supplier<Duration> left) {
        try {
            return clients.send(request.build(), info -> new LimitedBody(largestBody), left);
        } catch (InterruptedException e) {
            throw ModelFault.interrupted("while waiting for the model's answer", e);
        } catch (HttpTimeoutException e) {
            throw fault(
                    Kind.TIMED_OUT,
                    "the model server gave no complete answer within %d ms (drydock.model.timeout)"
                            .formatted(settings.timeout().toMillis()),
                    e);
        } catch (IOException e) {
            throw lost(e.getCause() == null ? e : e.getCause());
        }
    }

    private RuntimeException lost(Throwable cause) {
        var where = settings.baseUrl().getAuthority();
        if (HttpClients.isUntrusted(cause)) {
            var reason = "cannot connect to the model server at %s: %s".formatted(where, HttpClients.reason(cause));
            if (warned.compareAndSet(false, true)) {
                LOG.warnf("No model can be called: %s", reason);
            }
            return fault(Kind.UNREACHABLE, reason, cause);
        }
        if (cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLException) {
            return fault(
                    Kind.UNREACHABLE,
                    "cannot connect to the model server at %s: %s".formatted(where, reason(cause)),
                    cause);
        }
        return fault(
                Kind.CONNECTION_LOST,
                "the connection to the model server at %s was lost: %s".formatted(where, reason(cause)),
                cause);
    }

    private static String reason(Throwable fault) {
        var innermost = fault;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getClass().getSimpleName()
                + (innermost.getMessage() == null ? "" : ": " + innermost.getMessage());
    }

    private static RuntimeException fault(Kind kind, String message, Throwable cause) {
        return new ModelFault(kind, 0, message, null, 0, null).exception(cause);
    }
}
