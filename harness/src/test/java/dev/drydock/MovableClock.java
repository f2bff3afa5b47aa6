package dev.drydock;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time of the tests: goes on as time does, and can be moved ahead. */
@Singleton
@Alternative
@Priority(1)
public class MovableClock implements InstantSource {

    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    public void advance(Duration duration) {
        ahead = ahead.plus(duration);
    }
}
