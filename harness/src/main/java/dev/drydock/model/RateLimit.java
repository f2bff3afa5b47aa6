package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.ModelSettings;
import dev.drydock.model.AdaptiveLimit.Place;
import dev.drydock.model.ModelFault.Kind;
import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Sends each model as many calls as its server takes. One limiter a model, shared by all agents of this process: see {@link
 * AdaptiveLimit}. A call that the server refuses for now is sent again; that is no failure of the model and no attempt of an
 * entry.
 */
@Singleton
@Priority(ModelInterceptor.RATE_LIMIT)
public class RateLimit implements ModelInterceptor {

    private static final Logger LOG = Logger.getLogger(RateLimit.class);

    /** Calls in flight at first, where the server does not say how many it works on at a time. */
    private static final int START = 8;

    private static final RandomGenerator RANDOM = new Random();

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private static final String REFUSED = "rate_limited";

    private final Map<String, Paced> models = new ConcurrentHashMap<>();

    /** The model that each agent called last: most agents call one. */
    private final Map<String, String> lastModel = new ConcurrentHashMap<>();

    private final ModelSettings settings;
    private final ServerFacts server;
    private final TokenCount count;
    private final InstantSource clock;

    RateLimit(DrydockConfig config, ServerFacts server, TokenCount count, InstantSource clock) {
        this.settings = config.model();
        this.server = server;
        this.count = count;
        this.clock = clock;
    }

    /**
     * The limits of one model at the moment.
     *
     * @param limit calls that may be in flight
     * @param waiting calls that wait for their turn
     * @param pause until the next call may start
     * @param waited by all calls since the process started
     * @param refusals by reason: {@code rate_limited}, {@code timed_out}
     */
    public record State(
            String model,
            int limit,
            int inFlight,
            int waiting,
            Duration pause,
            Duration waited,
            Map<String, Long> refusals) {}

    /** A model with its limiter, its configured limits, and what they cost. */
    private final class Paced {

        final AdaptiveLimit limit;
        final Optional<BlockingBucket> calls;
        final Optional<BlockingBucket> tokens;
        final AtomicLong waitedNanos = new AtomicLong();
        final Map<String, AtomicLong> refusals = new ConcurrentHashMap<>();

        Paced() {
            limit = new AdaptiveLimit(server.slots().orElse(START), settings.concurrency(), System::nanoTime, RANDOM);
            calls = settings.callsPerMinute().map(number -> bucket(Math.max(1, number / 60), number));
            tokens = settings.tokensPerMinute().map(number -> bucket(number, number));
        }

        private BlockingBucket bucket(long capacity, long perMinute) {
            return Bucket.builder()
                    .addLimit(limit -> limit.capacity(capacity).refillGreedy(perMinute, Duration.ofMinutes(1)))
                    .build()
                    .asBlocking();
        }

        void refused(String reason) {
            refusals.computeIfAbsent(reason, unknown -> new AtomicLong()).incrementAndGet();
        }
    }

    /**
     * Waits until the agent's next call would find a place.
     *
     * @return to be run when the call has been made or is not made; empty if there is no room within {@code longest}
     */
    public Optional<Runnable> expectCall(String agent, Duration longest) throws InterruptedException {
        var model = lastModel.getOrDefault(agent, settings.name());
        return of(model).limit.expect(longest);
    }

    /** Whether the server of the agent's model has shown that it takes only so many calls in a time. */
    public boolean isLimited(String agent) {
        var state = of(lastModel.getOrDefault(agent, settings.name())).limit.state();
        return state.limited();
    }

    /** For log lines: {@code model gpt-4.1: 4 calls at a time, 120 refused for now, next call in 12 s}. */
    public String describe(String agent) {
        var name = lastModel.getOrDefault(agent, settings.name());
        var state = state(name, of(name));
        return "model %s: %d calls at a time, %d refused for now%s"
                .formatted(
                        name,
                        state.limit(),
                        state.refusals().getOrDefault(REFUSED, 0L),
                        state.pause().isZero()
                                ? ""
                                : ", next call in %d s"
                                        .formatted(state.pause().plusMillis(999).toSeconds()));
    }

    /** All models that were called since the process started. */
    public List<State> states() {
        return models.entrySet().stream()
                .map(entry -> state(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(State::model))
                .toList();
    }

    private static State state(String model, Paced paced) {
        var now = paced.limit.state();
        var refusals = new TreeMap<String, Long>();
        paced.refusals.forEach((reason, number) -> refusals.put(reason, number.get()));
        return new State(
                model,
                now.limit(),
                now.inFlight(),
                now.waiting(),
                now.pause(),
                Duration.ofNanos(paced.waitedNanos.get()),
                refusals);
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        var name = request.chosen().name();
        var paced = of(name);
        request.context().ifPresent(decision -> {
            lastModel.put(decision.agent().name(), name);
            decision.callHasCome();
        });
        var latest = clock.instant().plus(settings.longestWait());
        var deadline = request.context()
                .map(decision -> decision.deadlineUntil(latest))
                .orElse(latest);
        while (true) {
            var place = place(paced, request, deadline);
            try {
                return send(paced, place, request, next);
            } catch (ModelBusyException e) {
                if (e.fault().kind() != Kind.RATE_LIMITED || !clock.instant().isBefore(deadline)) {
                    throw e;
                }
            }
        }
    }

    private Paced of(String model) {
        return models.computeIfAbsent(model, unknown -> new Paced());
    }

    private Place place(Paced paced, ModelRequest request, Instant deadline) {
        var begin = System.nanoTime();
        try {
            var place = paced.limit.acquire(Duration.between(clock.instant(), deadline));
            if (place.isEmpty()) {
                throw Kind.NO_TURN.exception("no turn within %s (drydock.model.longest-wait) at %d calls in flight"
                        .formatted(settings.longestWait(), paced.limit.state().limit()));
            }
            awaitConfiguredLimits(paced, place.get(), request, deadline);
            return place.get();
        } catch (InterruptedException e) {
            throw ModelFault.interrupted("while waiting for a turn to call the model", e);
        } finally {
            paced.waitedNanos.addAndGet(System.nanoTime() - begin);
        }
    }

    private void awaitConfiguredLimits(Paced paced, Place place, ModelRequest request, Instant deadline)
            throws InterruptedException {
        var ended = false;
        try {
            ended = take(paced.calls, 1, deadline) && take(paced.tokens, tokens(request), deadline);
        } finally {
            if (!ended) {
                place.released();
            }
        }
        if (!ended) {
            throw Kind.NO_TURN.exception(
                    "no turn within %s (drydock.model.longest-wait) at the configured calls or tokens a minute"
                            .formatted(settings.longestWait()));
        }
    }

    private boolean take(Optional<BlockingBucket> bucket, long number, Instant deadline) throws InterruptedException {
        return bucket.isEmpty() || bucket.get().tryConsume(number, Duration.between(clock.instant(), deadline));
    }

    /** As providers count them: the request, and all that its answer may take. At most what a minute allows. */
    private long tokens(ModelRequest request) {
        var tokens = request.tokens(count) + request.dialect().outputTokens(request.chosen());
        return settings.tokensPerMinute()
                .map(most -> Math.min(tokens, (long) most))
                .orElse(tokens);
    }

    private ModelAnswer send(Paced paced, Place place, ModelRequest request, Next next) {
        try {
            var answer = next.proceed(request);
            var allowance = RateLimitHints.allowance(answer.headers(), tokens(request), clock.instant());
            place.answered(allowance.calls(), allowance.reset());
            return answer;
        } catch (ModelBusyException e) {
            if (e.fault().kind() != Kind.RATE_LIMITED) {
                place.released();
                throw e;
            }
            paced.refused(REFUSED);
            place.refused(Optional.ofNullable(e.fault().retryAt()).map(this::pause));
            LOG.debugf(
                    "The server of model %s refused a call for now: %s",
                    request.chosen().name(), e.getMessage());
            throw e;
        } catch (ModelUnavailableException e) {
            if (e.fault().kind() != Kind.TIMED_OUT) {
                place.released();
            } else if (place.timedOut()) { // in the server's queue, behind calls of our own
                paced.refused("timed_out");
                throw Kind.CROWDED.exception(
                        "no answer within %s (drydock.model.timeout) while other calls were in flight; fewer are sent at a time"
                                .formatted(settings.timeout()));
            }
            throw e;
        } catch (RuntimeException e) {
            place.released();
            throw e;
        }
    }

    private Duration pause(Instant retryAt) {
        var pause = Duration.between(clock.instant(), retryAt);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
