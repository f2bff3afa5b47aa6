package dev.drydock.run;

import java.time.Instant;
import java.util.Optional;

/**
 * What one run is to do.
 *
 * @param deadline after it, no entry waits for the model's rate limit; empty if they wait as long as it takes
 * @param all whether it decides everything that waits, also what the first run left and what is beyond {@code
 *     drydock.items-per-run}
 */
public record RunRequest(Optional<Instant> deadline, boolean all) {

    /** Takes as long as it takes, within the agent's settings. */
    public static final RunRequest DEFAULT = new RunRequest(Optional.empty(), false);
}
