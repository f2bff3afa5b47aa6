package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.ModelSettings;
import dev.drydock.model.ModelFault.Kind;
import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import jakarta.annotation.Priority;
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
 * Limits the calls of this process: how many are in flight, how many start in a minute, and none starts before the time
 * that the server named last in {@code Retry-After}.
 */
@Singleton
@Priority(ModelInterceptor.RATE_LIMIT)
class RateLimit implements ModelInterceptor {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final ModelSettings settings;
    private final InstantSource clock;
    private final Semaphore inFlight;
    private final Optional<BlockingBucket> perMinute;
    /** By model, because servers limit each model by itself. */
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
    private void pauseUntil(String model, Instant instant) {
        var latest = clock.instant().plus(LONGEST_PAUSE);
        notBeforeMillis.merge(model, (instant.isAfter(latest) ? latest : instant).toEpochMilli(), Math::max);
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        try {
            awaitSlot();
            try {
                awaitRate();
                awaitRetryAfter(request.chosen().name()); // last, so that what the server said meanwhile counts
                return next.proceed(request);
            } catch (ModelUnavailableException e) {
                if (e.fault().retryAt() != null) {
                    pauseUntil(request.chosen().name(), e.fault().retryAt());
                }
                throw e;
            } finally {
                inFlight.release();
            }
        } catch (InterruptedException e) {
            throw ModelFault.interrupted("while waiting for a turn to call the model", e);
        }
    }

    private void awaitRetryAfter(String model) throws InterruptedException {
        var deadline = clock.millis() + settings.longestWait().toMillis();
        for (var until = notBefore(model); clock.millis() < until; until = notBefore(model)) {
            if (until > deadline) {
                throw Kind.NO_TURN.exception("the model server wants no request before " + Instant.ofEpochMilli(until));
            }
            TimeUnit.MILLISECONDS.sleep(Math.max(1, until - clock.millis()));
        }
    }

    private long notBefore(String model) {
        return notBeforeMillis.getOrDefault(model, 0L);
    }

    private void awaitRate() throws InterruptedException {
        if (perMinute.isPresent() && !perMinute.get().tryConsume(1, settings.longestWait())) {
            throw Kind.NO_TURN.exception("no turn within %s (drydock.model.longest-wait) at %d calls a minute"
                    .formatted(settings.longestWait(), settings.callsPerMinute().orElseThrow()));
        }
    }

    private void awaitSlot() throws InterruptedException {
        if (!inFlight.tryAcquire(settings.longestWait().toMillis(), TimeUnit.MILLISECONDS)) {
            throw Kind.NO_TURN.exception("no turn within %s (drydock.model.longest-wait) at %d calls in flight"
                    .formatted(settings.longestWait(), settings.concurrency()));
        }
    }
}
