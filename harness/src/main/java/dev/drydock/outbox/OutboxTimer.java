package dev.drydock.outbox;

import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.Agents;
import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Delivers what becomes due between cycles: approved outputs, and retries. */
@Singleton
public class OutboxTimer {

    private final Agents agents;
    private final DeliverDue deliverDue;
    private final PeriodicTasks tasks;
    private final Duration every;

    OutboxTimer(Agents agents, DeliverDue deliverDue, PeriodicTasks tasks, DrydockConfig config) {
        this.agents = agents;
        this.deliverDue = deliverDue;
        this.tasks = tasks;
        this.every = config.outbox().every();
    }

    /** Called once, by {@code serve}. A task for each agent: one whose target is slow holds up no other. */
    public void start() {
        if (!every.isZero()) {
            agents.all()
                    .forEach(agent -> tasks.every(
                            every, "deliver due entries of " + agent.name(), () -> deliverDue.deliver(agent)));
        }
    }
}
