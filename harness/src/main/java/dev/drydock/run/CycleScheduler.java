package dev.drydock.run;

import dev.drydock.concurrent.ClockGuard;
import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.Schedule;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Starts cycles when they are due: one job of the Quarkus scheduler for each agent. The scheduler compares wall-clock times, so
 * a guard on elapsed time re-arms the jobs when the clock was set or the machine was suspended, and starts cycles that the
 * scheduler missed, as at a local time that daylight saving skips.
 */
@Singleton
public class CycleScheduler {

    private static final Logger LOG = Logger.getLogger(CycleScheduler.class);

    private static final Duration GUARD_EVERY = Duration.ofSeconds(1);

    /** The scheduler fires within a second or two of the due time. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final Agents agents;
    private final StartDueCycles cycles;
    private final Scheduler scheduler;
    private final HeartbeatExpectation expectations;
    private final InstantSource clock;
    private final Map<String, CycleJob> jobs = new ConcurrentHashMap<>();
    private final ClockGuard guard;
    private volatile boolean started;

    CycleScheduler(
            Agents agents,
            StartDueCycles cycles,
            Scheduler scheduler,
            HeartbeatExpectation expectations,
            InstantSource clock) {
        this.agents = agents;
        this.cycles = cycles;
        this.scheduler = scheduler;
        this.expectations = expectations;
        this.clock = clock;
        this.guard = new ClockGuard(clock.instant(), System.nanoTime());
    }

    /** Schedules all agents. Called once, by {@code serve} only: a process that runs one cycle and ends has no schedule. */
    public void start() {
        for (var agent : agents.all()) {
            var settings = agent.settings();
            cycles.startMissed(agent);
            jobs.put(agent.name(), new CycleJob(settings.schedule(), settings.zone(), clock.instant()));
            schedule(agent);
            LOG.infof(
                    "Agent %s: %s mode, schedule %s (%s); heartbeat expected %s",
                    agent.name(), settings.mode(), settings.schedule(), settings.zone(), expectations.of(agent));
        }
        started = true;
    }

    /** Whether this process starts cycles when they are due. */
    public boolean started() {
        return started;
    }

    /** Empty for an agent that runs on request only, and in a process without a schedule. */
    public Optional<Instant> nextFireAt(String agent) {
        return Optional.ofNullable(jobs.get(agent)).flatMap(CycleJob::next);
    }

    /** The agents whose jobs are dead: not fired twice in a row, or the last start of a cycle ended with an {@code Error}. */
    public List<String> deadJobs() {
        return jobs.entrySet().stream()
                .filter(job -> job.getValue().isDead())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    void guard(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.every(GUARD_EVERY, "guard the schedules", this::guard);
    }

    private void guard() {
        var now = clock.instant();
        var jump = guard.check(now, System.nanoTime());
        if (!jobs.isEmpty() && !jump.isZero()) {
            LOG.warnf("The system clock jumped by %d s; all schedules are re-armed", jump.toSeconds());
        }
        for (var agent : agents.all()) {
            var job = jobs.get(agent.name());
            if (job != null) {
                var missed = job.overdue(now, TOLERANCE.plus(agent.settings().jitter()));
                if (!jump.isZero() || missed.isPresent()) {
                    schedule(agent);
                }
                missed.ifPresent(dueAt -> {
                    LOG.infof(
                            "The scheduler did not fire the cycle of %s due at %s; it starts now", agent.name(), dueAt);
                    cycles.start(agent, dueAt, job);
                });
            }
        }
    }

    /** Creates the agent's job, or replaces it so that it counts from the present time. */
    private void schedule(RegisteredAgent<?, ?> agent) {
        var settings = agent.settings();
        var id = "cycle of " + agent.name();
        scheduler.unscheduleJob(id);
        if (settings.schedule() instanceof Schedule.Off) {
            return;
        }
        var job = scheduler
                .newJob(id)
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> fired(agent));
        if (!settings.jitter().isZero()) {
            job.setExecutionMaxDelay(settings.jitter().toString());
        }
        if (settings.schedule() instanceof Schedule.Every every) {
            job.setInterval(every.interval().toString())
                    .setDelayed(untilNext(every).toString());
        } else {
            job.setCron(settings.schedule().toString())
                    .setTimeZone(settings.zone().getId());
        }
        job.schedule();
    }

    /** Counted from the whole second, as the scheduler does, so that the job fires at multiples of the interval. */
    private Duration untilNext(Schedule.Every every) {
        var second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return Duration.between(second, every.nextAfter(second, ZoneOffset.UTC).orElseThrow());
    }

    private void fired(RegisteredAgent<?, ?> agent) {
        var job = jobs.get(agent.name());
        if (job != null) {
            job.fired(clock.instant()).ifPresent(dueAt -> cycles.start(agent, dueAt, job));
        }
    }
}
