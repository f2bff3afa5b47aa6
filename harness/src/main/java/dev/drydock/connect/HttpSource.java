package dev.drydock.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.agent.RateLimitedException;
import dev.drydock.concurrent.Watchdog;
import dev.drydock.http.CredentialsEvent;
import dev.drydock.http.CredentialsRefusedException;
import dev.drydock.http.HttpApi;
import dev.drydock.http.RequestPace;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;

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
 * <p>An API that takes no request for now (429) is waited for, up to a minute for each page.
 *
 * <p>Each request ends within {@code timeout}, or when its thread is interrupted. Up to five redirects are followed. The
 * token goes to the scheme, host and port of {@code url} only.
 */
public final class HttpSource {

    /** A page that the API does not give within this time is left to the next cycle, whose window covers this one's. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final HttpApi api;
    private final RequestPace pace;
    private final ObjectMapper json;

    HttpSource(HttpApi api, RequestPace pace, ObjectMapper json) {
        this.api = api;
        this.pace = pace;
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
     * @throws RateLimitedException if the API takes no request within a minute
     * @throws IOException if there is no answer, or its status is not 2xx; the message contains the status, not the body
     */
    public String get(String path) throws IOException, InterruptedException {
        var answer = taken(path);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s answered %d".formatted(api.name(), answer.statusCode()));
        }
        Watchdog.progressed(); // one page of how many nobody knows
        return answer.body();
    }

    /** A request that the API refuses for now is sent again when it takes requests again. */
    private HttpResponse<String> taken(String path) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            try {
                return pace.send(left, () -> pace.check(api.get(path)));
            } catch (RateLimitedException e) {
                if (pace.pause().compareTo(left) > 0) {
                    throw e;
                }
            }
        }
    }
}
