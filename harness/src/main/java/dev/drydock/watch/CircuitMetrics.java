package dev.drydock.watch;

import dev.drydock.concurrent.CircuitBreakers.CircuitStateChanged;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Shows which circuit breakers are open in this process, from their first use on. */
@Singleton
class CircuitMetrics {

    private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    CircuitMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void changed(@Observes CircuitStateChanged event) {
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
