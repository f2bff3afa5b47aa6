package dev.drydock.run;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * When a cycle begins no more entries.
 *
 * @param stopped the process shuts down, or lost the run's lease
 * @param deadline the agent's next cycle is due: entries that only wait for the model's rate limit wait for that one; empty
 *     if they wait as long as it takes
 */
record StopCondition(BooleanSupplier stopped, Optional<Instant> deadline) {

    boolean isStopped() {
        return stopped.getAsBoolean();
    }
}
