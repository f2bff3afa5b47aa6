package dev.drydock.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.config.ModelSettings;
import dev.drydock.journal.Pauses;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An account at a model server that several processes use: what the server refused to one of them holds for all, and they do
 * not find out at the same time how many calls it takes.
 */
final class SharedAccount {

    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration START = Duration.ofSeconds(10);

    private final AdaptiveLimit limit;
    private final String key;
    private final Pauses pauses;
    private final InstantSource clock;

    /** The latest time to come back that is known here. */
    private final AtomicReference<Instant> comeBack = new AtomicReference<>(Instant.EPOCH);

    private final ReentrantLock beginning = new ReentrantLock();
    private Instant lastCall = Instant.EPOCH;

    /** {@code limit} is this process's own. */
    SharedAccount(AdaptiveLimit limit, String key, Pauses pauses, InstantSource clock) {
        this.limit = limit;
        this.key = key;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** Of an account, by address, key and model; it tells none of them. */
    static String key(ModelSettings settings, String model) {
        var account = String.join(
                "\n", settings.baseUrl().toString(), settings.apiKey().orElse(""), model);
        return "model " + Hash.of(account.getBytes(UTF_8));
    }

    /** Before each call. After a time without calls, one process at a time begins with more than one. */
    void begin() {
        beginning.lock();
        try {
            var now = clock.instant();
            if (now.isAfter(lastCall.plus(IDLE)) && !pauses.begin("start of " + key, START)) {
                limit.startSlowly();
            }
            lastCall = now;
        } finally {
            beginning.unlock();
        }
    }

    /** Before each call: learns what the server refused to other processes. */
    void heedRefusals() {
        pauses.until(key).ifPresent(until -> {
            if (until.isAfter(comeBack.getAndAccumulate(until, SharedAccount::later))) {
                limit.refusedElsewhere(Duration.between(clock.instant(), until));
            }
        });
    }

    /** After a refusal: lets the other processes know when the next call may start. */
    void refused() {
        var until =
                clock.instant().plus(limit.state().pause()).truncatedTo(ChronoUnit.MICROS); // as the database keeps it
        comeBack.accumulateAndGet(until, SharedAccount::later);
        pauses.extend(key, until);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
