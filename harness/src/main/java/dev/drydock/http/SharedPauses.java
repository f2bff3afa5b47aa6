package dev.drydock.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Times before which a receiver or a source takes no request, shared by all processes. */
public interface SharedPauses {

    /** When the next request may be made; empty if now. */
    Optional<Instant> until(String key);

    /** Stores when the next request may be made. Never shortens a pause. */
    void extend(String key, Instant until);

    /**
     * Takes the turn of the next request, of all processes, and stores that the one after it comes {@code interval} later.
     *
     * @return empty if the turn was taken; else when it may come
     */
    Optional<Instant> take(String key, Duration interval);
}
