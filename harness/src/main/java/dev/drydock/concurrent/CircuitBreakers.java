package dev.drydock.concurrent;

import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Circuit breakers, one for each thing that may be down: a model, an agent's source, an agent's target. Annotations would
 * give all agents one between them.
 */
@Singleton
public class CircuitBreakers {

    private static final Logger LOG = Logger.getLogger(CircuitBreakers.class);

    private static final double FAILURE_RATIO = 0.5;

    /**
     * When a circuit opens, and for how long.
     *
     * @param calls half of so many calls in a row must fail
     * @param pause how long nobody asks, before one call tries whether it serves again
     * @param failure which exceptions speak against what is asked
     */
    public record Rule(int calls, Duration pause, Predicate<Throwable> failure) {}

    private final Map<String, Guard> guards = new ConcurrentHashMap<>();
    private final Map<String, Long> restsUntilNanos = new ConcurrentHashMap<>();
    private final CircuitBreakerMaintenance states;
    private final Event<CircuitStateChanged> events;

    CircuitBreakers(CircuitBreakerMaintenance states, Event<CircuitStateChanged> events) {
        this.states = states;
        this.events = events;
    }

    /**
     * Calls, or throws {@code CircuitBreakerOpenException} without calling.
     *
     * @param name what is protected, for people; a rule holds from the first call under a name
     */
    public <T> T guard(String name, Rule rule, Callable<T> call) throws Exception {
        return guards.computeIfAbsent(name, unknown -> circuit(unknown, rule)).call(call, anyType());
    }

    /** Whether a call now would be refused. False once the pause is over: then somebody must try. */
    public boolean isOpen(String name) {
        var until = restsUntilNanos.get(name);
        return until != null && System.nanoTime() < until && states.currentState(name) == CircuitBreakerState.OPEN;
    }

    private Guard circuit(String name, Rule rule) {
        var guard = Guard.create()
                .withDescription(name)
                .withCircuitBreaker()
                .name(name)
                .requestVolumeThreshold(rule.calls())
                .failureRatio(FAILURE_RATIO)
                .delay(rule.pause().toMillis(), ChronoUnit.MILLIS)
                .when(rule.failure())
                .onStateChange(state -> changed(name, rule, state))
                .done()
                .build();
        events.fire(new CircuitStateChanged(name, false));
        return guard;
    }

    private void changed(String name, Rule rule, CircuitBreakerState state) {
        if (state == CircuitBreakerState.OPEN) {
            restsUntilNanos.put(name, System.nanoTime() + rule.pause().toNanos());
            LOG.warnf(
                    "The %s does not serve; it is left alone for %d s, then tried again",
                    name, rule.pause().toSeconds());
        } else if (state == CircuitBreakerState.CLOSED) {
            restsUntilNanos.remove(name);
            LOG.infof("The %s serves again", name);
        }
        events.fire(new CircuitStateChanged(name, state != CircuitBreakerState.CLOSED));
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<T> anyType() {
        return (Class<T>) Object.class;
    }
}
