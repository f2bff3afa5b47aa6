package dev.drydock.watch;

import dev.drydock.concurrent.GracefulShutdown;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Is down from when the process was asked to stop, while it lets its work end. That the database is there, the platform checks. */
@Readiness
@Singleton
class ShutdownReadiness implements HealthCheck {

    private final GracefulShutdown underWay;

    ShutdownReadiness(GracefulShutdown underWay) {
        this.underWay = underWay;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("not stopping")
                .status(!underWay.stopping())
                .build();
    }
}
