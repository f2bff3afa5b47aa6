package dev.drydock.watch;

import dev.drydock.model.CircuitChanged;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Shows which circuit breakers are open in this process. */
@Singleton
class CircuitMetrics {

    private static final List<String> STAGES = List.of("fetch", "deliver", "deliver-once");

    private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final CircuitBreakerMaintenance circuits;

    CircuitMetrics(MeterRegistry registry, CircuitBreakerMaintenance circuits) {
        this.registry = registry;
        this.circuits = circuits;
    }

    void start(@Observes StartupEvent event) {
        for (var stage : STAGES) {
            show(stage, false);
            circuits.onStateChange(stage, state -> show(stage, state != CircuitBreakerState.CLOSED));
        }
    }

    void changed(@Observes CircuitChanged event) {
        show(event.circuit(), event.open());
    }

    private void show(String circuit, boolean isOpen) {
        open.computeIfAbsent(circuit, name -> {
                    var value = new AtomicInteger();
                    Gauge.builder("drydock.circuit.open", value::get)
                            .tag("circuit", name)
                            .strongReference(true)
                            .register(registry);
                    return value;
                })
                .set(isOpen ? 1 : 0);
    }
}
