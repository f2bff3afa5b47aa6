package dev.drydock.run;

import dev.drydock.concurrent.Threads;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.Schedule;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Starts cycles when they are due: one job for each agent. */
@Singleton
public class Schedules {

    private static final Logger LOG = Logger.getLogger(Schedules.class);

    private final Scheduler scheduler;
    private final Agents agents;
    private final AgentRunner runner;
    private final MissedCycles missed;
    private final Threads threads;

    Schedules(Scheduler scheduler, Agents agents, AgentRunner runner, MissedCycles missed, Threads threads) {
        this.scheduler = scheduler;
        this.agents = agents;
        this.runner = runner;
        this.missed = missed;
        this.threads = threads;
    }

    /** Called once, by the process that serves; a process that runs one cycle and ends has no schedule. */
    public void start() {
        for (var agent : agents.all()) {
            schedule(agent);
            LOG.infof(
                    "Agent %s: %s mode, %s (%s)",
                    agent.name(),
                    agent.settings().mode(),
                    agent.settings().schedule(),
                    agent.settings().zone());
        }
    }

    private void schedule(RegisteredAgent<?, ?> agent) {
        var settings = agent.settings();
        if (settings.schedule() instanceof Schedule.Off) {
            return;
        }
        // two at once are not kept apart here but by the journal, which holds over all processes and writes it down
        var job = scheduler
                .newJob(agent.name())
                .setConcurrentExecution(ConcurrentExecution.PROCEED)
                .setExecutionMaxDelay(settings.jitter().toString())
                .setTask(execution -> threads.start(() -> runner.run(agent)));
        if (settings.schedule() instanceof Schedule.Every every) {
            job.setInterval(every.interval().toString()).schedule();
        } else if (settings.schedule() instanceof Schedule.Cron cron) {
            job.setCron(cron.expression()).setTimeZone(settings.zone().getId()).schedule();
            missed.catchUp(agent);
        }
    }

    /** Empty for an agent that only runs on request. */
    public Optional<Instant> nextFireAt(String agent) {
        return Optional.ofNullable(scheduler.getScheduledJob(agent)).map(trigger -> trigger.getNextFireTime());
    }
}
