package dev.drydock.watch;

import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.run.CycleScheduler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down when a periodic task or the job of an agent is dead, whatever it threw; its data names each. */
@Liveness
@Singleton
class SchedulerLiveness implements HealthCheck {

    private static final Duration TOLERANCE = Duration.ofSeconds(30);

    private final PeriodicTasks tasks;
    private final Supplier<List<String>> deadJobs;
    private final Duration tolerance;

    @Inject
    SchedulerLiveness(PeriodicTasks tasks, CycleScheduler scheduler) {
        this(tasks, scheduler::deadJobs, TOLERANCE);
    }

    SchedulerLiveness(PeriodicTasks tasks, Supplier<List<String>> deadJobs, Duration tolerance) {
        this.tasks = tasks;
        this.deadJobs = deadJobs;
        this.tolerance = tolerance;
    }

    @Override
    public HealthCheckResponse call() {
        var deadTasks = tasks.overdue(tolerance);
        var deadAgents = deadJobs.get();
        var response = HealthCheckResponse.named("scheduler").status(deadTasks.isEmpty() && deadAgents.isEmpty());
        deadTasks.forEach((task, silence) -> response.withData(task, "has not run for " + silence.toSeconds() + " s"));
        deadAgents.forEach(agent -> response.withData("cycle of " + agent, "dead"));
        return response.build();
    }
}
