package dev.drydock.watch;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.concurrent.Watchdog;
import dev.drydock.database.DatabasePing;
import dev.drydock.journal.DeferredWrites;
import dev.drydock.run.CycleScheduler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** The health checks that only report a state of another class. */
final class HealthChecks {

    HealthChecks() {}

    /** Up once cycles start when they are due. With wrong settings the process ends before. */
    @Produces
    @Singleton
    @Startup
    static HealthCheck schedules(CycleScheduler scheduler) {
        return () -> response("schedules", scheduler.started());
    }

    /** Down while the database refuses to write, though it may answer, and while writes wait for it in memory. */
    @Produces
    @Singleton
    @Readiness
    static HealthCheck writes(DatabasePing ping, DeferredWrites writes) {
        return () -> response("database accepts writes", ping.problem().isEmpty() && writes.waiting() == 0);
    }

    /** Down while the process stops and waits for its work to end. */
    @Produces
    @Singleton
    @Readiness
    static HealthCheck stopping(GracefulShutdown shutdown) {
        return () -> response("not stopping", !shutdown.stopping());
    }

    /** Down when a run or a delivery is stuck, and the watchdog could end neither it nor the process. */
    @Produces
    @Singleton
    @Liveness
    static HealthCheck watchdog(Watchdog watchdog) {
        return () -> response("watchdog", !watchdog.isPowerless());
    }

    private static HealthCheckResponse response(String name, boolean up) {
        return HealthCheckResponse.named(name).status(up).build();
    }
}
