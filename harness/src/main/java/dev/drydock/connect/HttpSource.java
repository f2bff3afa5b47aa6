package dev.drydock.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.http.CredentialsEvent;
import dev.drydock.http.CredentialsRefusedException;
import dev.drydock.http.HttpApi;
import java.io.IOException;

/**
 * Reads from one HTTP API, set under {@code drydock.http.NAME}. Where OAuth is set, it gets the access tokens itself: one
 * that is refused with 401 is replaced, and the request tried again once.
 *
 * <pre>{@code
 * private final HttpSource tickets;
 *
 * TicketAgent(HttpSources sources) {
 *     this.tickets = sources.named("tickets");
 * }
 *
 * public List<Ticket> fetch(Window window) throws Exception {
 *     return tickets.get("tickets?since=" + window.from(), TicketPage.class).tickets();
 * }
 * }</pre>
 *
 * <p>Each request ends within {@code timeout}, or when its thread is interrupted. Up to five redirects are followed. The
 * token goes to the scheme, host and port of {@code url} only.
 */
public final class HttpSource {

    private final HttpApi api;
    private final ObjectMapper json;

    HttpSource(HttpApi api, ObjectMapper json) {
        this.api = api;
        this.json = json;
    }

    /**
     * Reads JSON. In a native executable the type must be registered for reflection, as those within an agent's class are.
     *
     * @throws IOException also if the answer is not JSON of this type
     * @see #get(String)
     */
    public <T> T get(String path, Class<T> type) throws IOException, InterruptedException {
        return json.readValue(get(path), type);
    }

    /**
     * Reads a text.
     *
     * @param path below the source's {@code url}, with its query; or a whole address, such as an API's link to its next page
     * @throws CredentialsRefusedException if there is no token to be had, or a new one is refused, too; observers
     *     of {@link CredentialsEvent} have been called by then
     * @throws IOException if there is no answer, or its status is not 2xx; the message contains the status, not the body
     */
    public String get(String path) throws IOException, InterruptedException {
        var answer = api.get(path);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s answered %d".formatted(api.name(), answer.statusCode()));
        }
        return answer.body();
    }
}
