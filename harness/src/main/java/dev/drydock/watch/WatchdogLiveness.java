package dev.drydock.watch;

import dev.drydock.run.StuckRunWatchdog;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Is down when a run hangs that the watchdog should have ended, with the process if need be, and has not. */
@Liveness
@Singleton
class WatchdogLiveness implements HealthCheck {

    private final StuckRunWatchdog watchdog;

    WatchdogLiveness(StuckRunWatchdog watchdog) {
        this.watchdog = watchdog;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("watchdog")
                .status(!watchdog.isPowerless())
                .build();
    }
}
