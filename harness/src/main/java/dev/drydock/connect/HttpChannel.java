package dev.drydock.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.RateLimitedException;
import dev.drydock.agent.Receipt;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.http.CredentialsRefusedException;
import dev.drydock.http.HttpApi;
import dev.drydock.http.PathSegment;
import dev.drydock.http.RequestPace;
import dev.drydock.http.RequestPaces;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Delivers to one HTTP API, set under {@code drydock.http.NAME}, with the same tokens as {@link HttpSource}. */
public final class HttpChannel {

    /** Temporary refusals: request timeout, conflict, locked, too early. */
    private static final Set<Integer> TEMPORARY = Set.of(408, 409, 423, 425);

    private final String name;
    private final Optional<HttpApi> api;
    private final RequestPaces paces;
    private final ObjectMapper json;

    HttpChannel(String name, Optional<HttpApi> api, RequestPaces paces, ObjectMapper json) {
        this.name = name;
        this.api = api;
        this.paces = paces;
        this.json = json;
    }

    /** Whether {@code drydock.http.NAME.url} is set. */
    public boolean isOn() {
        return api.isPresent();
    }

    /** The body of {@link #put}, for a person. Sends nothing. */
    public String preview(Object content) {
        return json.valueToTree(content).toPrettyString();
    }

    /**
     * Puts a record, as JSON, to {@code url/id}, in the place of the former one, with the key as {@code Idempotency-Key}. In
     * a native executable its type must be registered for reflection, as those within an agent's class are.
     *
     * @param id one segment of the address, whatever characters it has
     * @throws UndeliverableException if the API refuses it permanently: a redirect, or a status of 4xx that is not temporary
     * @throws RateLimitedException if the API takes no more for now
     * @throws IOException if there is no answer, or a later attempt may succeed; {@link CredentialsRefusedException}
     *     if there is no token to be had, or a new one is refused, too
     */
    public Receipt put(String id, Object content, DeliveryKey key)
            throws UndeliverableException, IOException, InterruptedException {
        var target =
                api.orElseThrow(() -> new UndeliverableException("drydock.http.%s.url is not set".formatted(name)));
        var path = "/" + PathSegment.of(id);
        var body = json.writeValueAsString(content);
        var pace = paces.of(target);
        var response = pace.send(RequestPace.WAIT_OF_DELIVERY, () -> pace.check(target.put(path, body, key.value())));
        var status = response.statusCode();
        if (status / 100 == 2) {
            return new Receipt("%s: %d %s".formatted(name, status, path));
        }
        var answer = "%s answered %d".formatted(name, status);
        if (status >= 500 || TEMPORARY.contains(status)) {
            throw new IOException(answer);
        }
        throw new UndeliverableException(answer);
    }
}
