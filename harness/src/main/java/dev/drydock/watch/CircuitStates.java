package dev.drydock.watch;

import dev.drydock.concurrent.CircuitBreakers.CircuitStateChanged;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Shows which circuits are open. Always up: what is left alone is down, and the process is not. */
@Readiness
@Singleton
class CircuitStates implements HealthCheck {

    private final Map<String, Boolean> open = new ConcurrentSkipListMap<>();

    void changed(@Observes CircuitStateChanged event) {
        open.put(event.circuit(), event.open());
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("circuits").up();
        open.forEach((circuit, isOpen) -> response.withData(circuit, isOpen ? "open" : "closed"));
        return response.build();
    }
}
