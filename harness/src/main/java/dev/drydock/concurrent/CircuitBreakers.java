package dev.drydock.concurrent;

import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/**
 * Circuit breakers, one for each thing that can fail: a model, an agent's source, an agent's target. An annotation would
 * give one circuit breaker to all agents.
 */
@Singleton
public class CircuitBreakers {

    private static final Logger LOG = Logger.getLogger(CircuitBreakers.class);

    /** A circuit breaker was created (closed), opened or closed; {@code circuit} is its name: {@code model gpt-4.1-mini}. */
    public record CircuitStateChanged(String circuit, boolean open) {}

    /**
     * When a circuit breaker opens, and for how long: the defaults of {@code request-volume-threshold},
     * {@code failure-ratio} and {@code delay} below {@code quarkus.fault-tolerance."KEY".circuit-breaker}.
     *
     * @param key class and method of the guarded call, as for the annotations: {@code dev.drydock.run.FetchAttempt/fetch}
     * @param calls it opens when half of this many consecutive calls failed
     * @param pause after this time, one call tries whether the circuit breaker can close
     * @param failure which exceptions count as failures; all others count as successes
     */
    public record Rule(String key, int calls, Duration pause, Predicate<Throwable> failure) {}

    /** What is in force for one circuit breaker: a {@link Rule} with the settings applied. */
    private record Limits(int calls, double failureRatio, Duration pause) {}

    private static final double FAILURE_RATIO = 0.5;

    private final Map<String, Guard> guards = new ConcurrentHashMap<>();
    private final Map<String, Exception> failures = new ConcurrentHashMap<>();
    private final Map<String, Long> openUntilNanos = new ConcurrentHashMap<>();
    private final CircuitBreakerMaintenance states;
    private final Event<CircuitStateChanged> events;
    private final Config config;

    CircuitBreakers(CircuitBreakerMaintenance states, Event<CircuitStateChanged> events, Config config) {
        this.states = states;
        this.events = events;
        this.config = config;
    }

    /**
     * Calls, or throws {@code CircuitBreakerOpenException} without calling: its cause is the last failure, which says why the
     * circuit breaker is open. A timeout must be inside the call, or it does not count as a failure.
     *
     * @param name what is protected, for logs and metrics; the rule of the first call under a name is used for all
     */
    public <T> T guard(String name, Rule rule, Callable<T> call) throws Exception {
        var guard = guards.computeIfAbsent(name, unknown -> create(unknown, rule));
        try {
            return guard.call(() -> noteFailure(name, rule, call), anyType());
        } catch (CircuitBreakerOpenException e) {
            throw new CircuitBreakerOpenException(
                    "the circuit breaker of %s is open".formatted(name), failures.get(name));
        }
    }

    private <T> T noteFailure(String name, Rule rule, Callable<T> call) throws Exception {
        try {
            return call.call();
        } catch (Exception e) {
            if (rule.failure().test(e)) {
                failures.put(name, e);
            }
            throw e;
        }
    }

    /** Whether a call now would be refused. False once the pause is over: then the next call is a trial. */
    public boolean isOpen(String name) {
        var until = openUntilNanos.get(name);
        return until != null && System.nanoTime() < until && states.currentState(name) == CircuitBreakerState.OPEN;
    }

    private Guard create(String name, Rule rule) {
        var limits = limits(rule);
        var guard = Guard.create()
                .withDescription(name)
                .withCircuitBreaker()
                .name(name)
                .requestVolumeThreshold(limits.calls())
                .failureRatio(limits.failureRatio())
                .delay(limits.pause().toMillis(), ChronoUnit.MILLIS)
                .when(rule.failure())
                .onStateChange(state -> changed(name, limits.pause(), state))
                .done()
                .build();
        events.fire(new CircuitStateChanged(name, false));
        return guard;
    }

    private Limits limits(Rule rule) {
        var pause = setting(rule.key(), "delay", Long.class)
                .map(delay -> Duration.of(
                        delay,
                        setting(rule.key(), "delay-unit", ChronoUnit.class).orElse(ChronoUnit.MILLIS)))
                .orElse(rule.pause());
        return new Limits(
                setting(rule.key(), "request-volume-threshold", Integer.class).orElse(rule.calls()),
                setting(rule.key(), "failure-ratio", Double.class).orElse(FAILURE_RATIO),
                pause);
    }

    /** As for the annotations: the value of the method, else the global one. */
    private <T> Optional<T> setting(String key, String name, Class<T> type) {
        return config.getOptionalValue("quarkus.fault-tolerance.\"%s\".circuit-breaker.%s".formatted(key, name), type)
                .or(() -> config.getOptionalValue("quarkus.fault-tolerance.global.circuit-breaker." + name, type));
    }

    private void changed(String name, Duration pause, CircuitBreakerState state) {
        if (state == CircuitBreakerState.OPEN) {
            openUntilNanos.put(name, System.nanoTime() + pause.toNanos());
            LOG.warnf("Circuit breaker for %s opened; next attempt in %d s", name, pause.toSeconds());
        } else if (state == CircuitBreakerState.CLOSED) {
            openUntilNanos.remove(name);
            LOG.infof("Circuit breaker for %s closed", name);
        }
        events.fire(new CircuitStateChanged(name, state != CircuitBreakerState.CLOSED));
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<T> anyType() {
        return (Class<T>) Object.class;
    }
}
