package dev.drydock.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** For a process without others: no pause is shared. */
public final class OwnPauses implements SharedPauses {

    @Override
    public Optional<Instant> until(String key) {
        return Optional.empty();
    }

    @Override
    public void extend(String key, Instant until) {}

    @Override
    public Optional<Instant> take(String key, Duration interval) {
        return Optional.empty();
    }
}
