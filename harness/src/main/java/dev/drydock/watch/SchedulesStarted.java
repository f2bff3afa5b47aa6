package dev.drydock.watch;

import dev.drydock.run.CycleScheduler;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Is up once cycles are started when they are due. With wrong settings a process never gets so far: it ends. */
@Startup
@Singleton
class SchedulesStarted implements HealthCheck {

    private final CycleScheduler schedules;

    SchedulesStarted(CycleScheduler schedules) {
        this.schedules = schedules;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("schedules")
                .status(schedules.started())
                .build();
    }
}
