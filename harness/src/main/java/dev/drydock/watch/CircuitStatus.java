package dev.drydock.watch;

import dev.drydock.concurrent.CircuitBreakers.CircuitStateChanged;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows the state of this process' circuit breakers, each from its first use: as the gauge {@code drydock.circuit.open}, and
 * among the readiness data. An open circuit does not make the process unready.
 */
@Readiness
@Singleton
class CircuitStatus implements HealthCheck {

    private final Map<String, AtomicInteger> open = new ConcurrentSkipListMap<>();
    private final MeterRegistry registry;

    CircuitStatus(MeterRegistry registry) {
        this.registry = registry;
    }

    void changed(@Observes CircuitStateChanged event) {
        open.computeIfAbsent(event.circuit(), this::register).set(event.open() ? 1 : 0);
    }

    private AtomicInteger register(String circuit) {
        var value = new AtomicInteger();
        Gauge.builder("drydock.circuit.open", value::get)
                .tag("circuit", circuit)
                .strongReference(true)
                .register(registry);
        return value;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("circuits").up();
        open.forEach((circuit, value) -> response.withData(circuit, value.get() == 1 ? "open" : "closed"));
        return response.build();
    }
}
