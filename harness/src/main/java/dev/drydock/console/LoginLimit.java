package dev.drydock.console;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Limits refused logins, from one address and from all. While a limit is reached, no login is checked, right or wrong. */
@Singleton
class LoginLimit {

    static final int FROM_ONE_ADDRESS = 5;
    static final int IN_ALL = 50;
    static final Duration WINDOW = Duration.ofMinutes(15);

    private final InstantSource clock;
    private final Deque<Instant> all = new ArrayDeque<>();
    private final Map<String, Deque<Instant>> byAddress = new HashMap<>();

    LoginLimit(InstantSource clock) {
        this.clock = clock;
    }

    /** How long no login from the address is checked; empty if the next one is. */
    synchronized Optional<Duration> blocked(String address) {
        var now = clock.instant();
        forget(now);
        var own = byAddress.getOrDefault(address, new ArrayDeque<>());
        var oldest = own.size() >= FROM_ONE_ADDRESS ? own.peekFirst() : all.size() >= IN_ALL ? all.peekFirst() : null;
        return Optional.ofNullable(oldest).map(first -> Duration.between(now, first.plus(WINDOW)));
    }

    synchronized void refused(String address) {
        var now = clock.instant();
        all.addLast(now);
        byAddress.computeIfAbsent(address, unused -> new ArrayDeque<>()).addLast(now);
    }

    private void forget(Instant now) {
        var earliest = now.minus(WINDOW);
        forget(all, earliest);
        byAddress.values().removeIf(attempts -> {
            forget(attempts, earliest);
            return attempts.isEmpty();
        });
    }

    private static void forget(Deque<Instant> attempts, Instant earliest) {
        while (!attempts.isEmpty() && !attempts.getFirst().isAfter(earliest)) {
            attempts.removeFirst();
        }
    }
}
