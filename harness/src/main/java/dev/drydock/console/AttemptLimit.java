package dev.drydock.console;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Limits refused attempts, from one address and, where their kind says so, from all. While a limit is reached, no attempt is checked,
 * right or wrong.
 */
@Singleton
class AttemptLimit {

    /** What is attempted. */
    enum Kind {
        LOGIN(5, 50, true),

        /** Programs go on whatever others send: beyond the limit in all, wrong tokens are only no longer recorded. */
        BEARER_TOKEN(5, 50, false),

        /** People of one company share an address, and their mail scanners change links. */
        FEEDBACK_LINK(20, 1_000, true);

        private final int fromOneAddress;
        private final int inAll;
        private final boolean allBlocked;

        /** @param allBlocked whether the limit in all blocks every address */
        Kind(int fromOneAddress, int inAll, boolean allBlocked) {
            this.fromOneAddress = fromOneAddress;
            this.inAll = inAll;
            this.allBlocked = allBlocked;
        }

        int fromOneAddress() {
            return fromOneAddress;
        }

        int inAll() {
            return inAll;
        }
    }

    static final Duration WINDOW = Duration.ofMinutes(15);

    /** Addresses that are remembered; of more, those that came first are forgotten. */
    private static final int MOST_ADDRESSES = 10_000;

    /** The refused attempts of one kind. */
    private record Refused(Deque<Instant> all, Map<String, Deque<Instant>> byAddress) {

        Refused() {
            this(new ArrayDeque<>(), new LinkedHashMap<>());
        }
    }

    private final InstantSource clock;
    private final Map<Kind, Refused> refused = new EnumMap<>(Kind.class);

    AttemptLimit(InstantSource clock) {
        this.clock = clock;
    }

    /** How long no attempt from the address is checked, in whole seconds; empty if the next one is. */
    synchronized Optional<Duration> blocked(Kind kind, String address) {
        var now = clock.instant();
        var before = of(kind);
        forget(before, now.minus(WINDOW));
        var own = before.byAddress().getOrDefault(address, new ArrayDeque<>());
        var oldest = own.size() >= kind.fromOneAddress
                ? own.peekFirst()
                : kind.allBlocked && before.all().size() >= kind.inAll
                        ? before.all().peekFirst()
                        : null;
        return Optional.ofNullable(oldest)
                .map(first -> Duration.between(now, first.plus(WINDOW)))
                .map(pause -> pause.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS));
    }

    /** Counts a refused attempt. False if there are too many in all to record each. */
    synchronized boolean refused(Kind kind, String address) {
        var now = clock.instant();
        var before = of(kind);
        var recorded = before.all().size() < kind.inAll;
        if (recorded) {
            before.all().addLast(now);
        }
        before.byAddress()
                .computeIfAbsent(address, unused -> new ArrayDeque<>())
                .addLast(now);
        if (before.byAddress().size() > MOST_ADDRESSES) {
            before.byAddress().remove(before.byAddress().keySet().iterator().next());
        }
        return recorded;
    }

    private Refused of(Kind kind) {
        return refused.computeIfAbsent(kind, unused -> new Refused());
    }

    private static void forget(Refused before, Instant earliest) {
        forget(before.all(), earliest);
        before.byAddress().values().removeIf(attempts -> {
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
