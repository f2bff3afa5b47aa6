package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.ModelSettings;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets calls out no faster than the server wants them: so many in flight, so many a minute, and none before the time that
 * its last {@code Retry-After} named. The limits are this process's own; replicas share nothing.
 */
@Singleton
class RateLimit implements Step.Layer {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final ModelSettings settings;
    private final InstantSource clock;
    private final Semaphore inFlight;
    private final Optional<BlockingBucket> perMinute;
    /** By model; what one is asked too often says nothing of another. */
    private final Map<String, Long> notBeforeMillis = new ConcurrentHashMap<>();

    RateLimit(DrydockConfig config, InstantSource clock) {
        this.settings = config.model();
        this.clock = clock;
        this.inFlight = new Semaphore(settings.concurrency());
        this.perMinute = settings.callsPerMinute()
                .map(calls -> Bucket.builder()
                        .addLimit(limit ->
                                limit.capacity(Math.max(1, calls / 60)).refillGreedy(calls, Duration.ofMinutes(1)))
                        .build()
                        .asBlocking());
    }

    /** Nothing is sent to a model until {@code instant}, or for ten minutes, if that is sooner; the server said so. */
    void pauseUntil(String model, Instant instant) {
        var latest = clock.instant().plus(LONGEST_PAUSE);
        notBeforeMillis.merge(model, (instant.isAfter(latest) ? latest : instant).toEpochMilli(), Math::max);
    }

    @Override
    public ChatResponse ask(ModelRequest inquiry, Step next) {
        try {
            awaitPlace();
            try {
                awaitRate();
                awaitRetryAfter(
                        inquiry.chosen().name()); // last: what the server says counts until the moment of sending
                return next.ask(inquiry);
            } finally {
                inFlight.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted while waiting for its turn to ask the model");
        }
    }

    private void awaitRetryAfter(String model) throws InterruptedException {
        var deadline = clock.millis() + settings.longestWait().toMillis();
        for (var until = notBefore(model); clock.millis() < until; until = notBefore(model)) {
            if (until > deadline) {
                throw new NotNowException("the model server wants no request before " + Instant.ofEpochMilli(until));
            }
            TimeUnit.MILLISECONDS.sleep(Math.max(1, until - clock.millis()));
        }
    }

    private long notBefore(String model) {
        return notBeforeMillis.getOrDefault(model, 0L);
    }

    private void awaitRate() throws InterruptedException {
        if (perMinute.isPresent() && !perMinute.get().tryConsume(1, settings.longestWait())) {
            throw new NotNowException("no turn within %s at %d calls a minute"
                    .formatted(settings.longestWait(), settings.callsPerMinute().orElseThrow()));
        }
    }

    private void awaitPlace() throws InterruptedException {
        if (!inFlight.tryAcquire(settings.longestWait().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new NotNowException("no place within %s among %d calls in flight"
                    .formatted(settings.longestWait(), settings.concurrency()));
        }
    }
}
