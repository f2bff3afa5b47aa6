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

/** Looks for deliveries that are due between the cycles: approved ones, and those to be tried again. */
@Singleton
public class OutboxTimer {

    private static final Logger LOG = Logger.getLogger(OutboxTimer.class);

    private final Agents agents;
    private final Outbox outbox;
    private final GracefulShutdown underWay;

    private final PeriodicTasks tasks;
    private final Duration every;

    OutboxTimer(Agents agents, Outbox outbox, GracefulShutdown underWay, PeriodicTasks tasks, DrydockConfig config) {
        this.agents = agents;
        this.outbox = outbox;
        this.underWay = underWay;
        this.tasks = tasks;
        this.every = config.outbox().every();
    }

    /** Called once, by the process that serves. */
    public void start() {
        if (!every.isZero()) {
            tasks.every(every, "Delivering what is due", this::deliverDue);
        }
    }

    private void deliverDue() {
        try (var pass = underWay.enter()) {
            for (var agent : agents.all()) {
                deliverDue(agent);
            }
        } catch (InterruptedException e) {
            LOG.info("Deliveries were interrupted; what was claimed has been given back");
        }
    }

    /** What ails one agent's deliveries must not hold up another's. */
    private void deliverDue(RegisteredAgent<?, ?> agent) throws InterruptedException {
        try {
            MDC.put("agent", agent.name());
            MDC.put("mode", agent.settings().mode().name().toLowerCase(Locale.ROOT));
            outbox.deliver(agent);
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                LOG.errorf(e, "Deliveries of %s failed; they are tried again when their lease is over", agent.name());
                return;
            }
            LOG.warn("The database is away; deliveries wait in it and go on when it is back");
        } finally {
            MDC.remove("agent");
            MDC.remove("mode");
        }
    }
}
