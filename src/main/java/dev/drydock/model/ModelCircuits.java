package dev.drydock.model;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** One circuit breaker for each model: it opens on outages, not on strange answers. */
@Singleton
class ModelCircuits {

    private static final Logger LOG = Logger.getLogger(ModelCircuits.class);

    private static final int CALLS = 20;
    private static final double FAILURE_RATIO = 0.5;
    private static final int PAUSE_SECONDS = 30;

    private final Map<String, Guard> guards = new ConcurrentHashMap<>();
    private final Event<CircuitChanged> events;

    ModelCircuits(Event<CircuitChanged> events) {
        this.events = events;
    }

    /** Asks, or throws {@code CircuitBreakerOpenException} without asking. */
    <T> T guard(String model, Supplier<T> question) {
        return guards.computeIfAbsent(model, this::circuit).get(question, anyType());
    }

    private Guard circuit(String model) {
        return Guard.create()
                .withDescription("model " + model)
                .withCircuitBreaker()
                .name("model " + model)
                .requestVolumeThreshold(CALLS)
                .failureRatio(FAILURE_RATIO)
                .delay(PAUSE_SECONDS, ChronoUnit.SECONDS)
                .when(Faults::speaksAgainstTheModel)
                .onStateChange(state -> changed(model, state))
                .done()
                .build();
    }

    private void changed(String model, CircuitBreakerState state) {
        if (state == CircuitBreakerState.OPEN) {
            LOG.warnf("The model %s does not serve; it is left alone for %d s, then tried again", model, PAUSE_SECONDS);
        } else if (state == CircuitBreakerState.CLOSED) {
            LOG.infof("The model %s serves again", model);
        }
        events.fire(new CircuitChanged("model " + model, state != CircuitBreakerState.CLOSED));
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<T> anyType() {
        return (Class<T>) Object.class;
    }
}
