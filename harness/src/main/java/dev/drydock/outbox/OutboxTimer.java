package dev.drydock.outbox;

import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.Agents;
import dev.drydock.config.DrydockConfig;
import dev.drydock.database.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Delivers what becomes due between cycles: approved outputs, and retries. */
@Singleton
public class OutboxTimer {

    private static final Logger LOG = Logger.getLogger(OutboxTimer.class);

    private final Agents agents;
    private final Outbox outbox;
    private final DeliverDue deliverDue;
    private final PeriodicTasks tasks;
    private final Duration every;

    OutboxTimer(Agents agents, Outbox outbox, DeliverDue deliverDue, PeriodicTasks tasks, DrydockConfig config) {
        this.agents = agents;
        this.outbox = outbox;
        this.deliverDue = deliverDue;
        this.tasks = tasks;
        this.every = config.outbox().every();
    }

    /**
     * Called once, by {@code serve}. A task for each agent: one whose target is slow holds up no other. What this process's mode
     * does not deliver is withdrawn before the first period has passed.
     */
    public void start() {
        tasks.after(Duration.ZERO, "withdraw outputs", this::withdraw);
        if (!every.isZero()) {
            agents.all()
                    .forEach(agent -> tasks.every(
                            every, "deliver due entries of " + agent.name(), () -> deliverDue.deliver(agent)));
        }
    }

    private void withdraw() {
        try {
            agents.all().forEach(outbox::withdraw);
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            LOG.warn("The database is unavailable; outputs are withdrawn before the next deliveries");
        }
    }
}
