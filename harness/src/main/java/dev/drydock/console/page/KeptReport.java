package dev.drydock.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A report that takes seconds to make where there are millions of calls. It is kept for some minutes; then the next request makes
 * it again, and others are shown the old one meanwhile.
 */
final class KeptReport<T> {

    private static final Duration KEPT = Duration.ofMinutes(2);

    /** A report, and when it was made. */
    record Made<T>(T report, Instant at) {}

    private final InstantSource clock;
    private final Supplier<T> make;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Made<T> last;

    KeptReport(InstantSource clock, Supplier<T> make) {
        this.clock = clock;
        this.make = make;
    }

    Made<T> get() {
        var shown = last;
        if (shown != null && isFresh(shown)) {
            return shown;
        }
        if (shown != null && !making.tryLock()) {
            return shown;
        }
        if (shown == null) {
            making.lock();
        }
        try {
            var other = last; // made while this request waited
            if (other != null && isFresh(other)) {
                return other;
            }
            var made = new Made<>(make.get(), clock.instant());
            last = made;
            return made;
        } finally {
            making.unlock();
        }
    }

    private boolean isFresh(Made<T> made) {
        return made.at().plus(KEPT).isAfter(clock.instant());
    }
}
