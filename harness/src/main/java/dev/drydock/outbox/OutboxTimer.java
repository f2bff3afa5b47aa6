package dev.drydock.outbox;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.Agents;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Delivers what becomes due between cycles: approved outputs, and retries. */
@Singleton
public class OutboxTimer {

    private static final Logger LOG = Logger.getLogger(OutboxTimer.class);

    private final Agents agents;
    private final Outbox outbox;
    private final GracefulShutdown shutdown;

    private final PeriodicTasks tasks;
    private final Duration every;

    OutboxTimer(Agents agents, Outbox outbox, GracefulShutdown shutdown, PeriodicTasks tasks, DrydockConfig config) {
        this.agents = agents;
        this.outbox = outbox;
        this.shutdown = shutdown;
        this.tasks = tasks;
        this.every = config.outbox().every();
    }

    /** Called once, by {@code serve}. */
    public void start() {
        if (!every.isZero()) {
            tasks.every(every, "deliver due entries", this::deliverDue);
        }
    }

    private void deliverDue() {
        try (var pass = shutdown.enter()) {
            for (var agent : agents.all()) {
                deliverDue(agent);
            }
        } catch (InterruptedException e) {
            LOG.info("Deliveries were interrupted; claimed entries that were not sent are released");
        }
    }

    /** A failure of one agent's deliveries does not stop another agent's. */
    private void deliverDue(RegisteredAgent<?, ?> agent) throws InterruptedException {
        try {
            MDC.put("agent", agent.name());
            MDC.put("mode", agent.settings().mode().name().toLowerCase(Locale.ROOT));
            outbox.deliver(agent);
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                LOG.errorf(e, "Deliveries of %s failed; they are retried when their lease has expired", agent.name());
                return;
            }
            LOG.warn("The database is unavailable; deliveries continue when it is available");
        } finally {
            MDC.remove("agent");
            MDC.remove("mode");
        }
    }
}
