package dev.drydock.outbox;

import dev.drydock.concurrent.WorkUnderWay;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Looks for deliveries that are due between the cycles: approved ones, and those to be tried again. */
@Singleton
class OutboxTimer {

    private static final Logger LOG = Logger.getLogger(OutboxTimer.class);

    private final Agents agents;
    private final Outbox outbox;
    private final WorkUnderWay underWay;

    OutboxTimer(Agents agents, Outbox outbox, WorkUnderWay underWay) {
        this.agents = agents;
        this.outbox = outbox;
        this.underWay = underWay;
    }

    @Scheduled(every = "${drydock.outbox.every}", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void deliverDue() throws InterruptedException {
        try (var pass = underWay.enter()) {
            for (var agent : agents.all()) {
                deliverDue(agent);
            }
        }
    }

    /** What ails one agent's deliveries must not hold up another's. */
    private void deliverDue(RegisteredAgent<?, ?> agent) throws InterruptedException {
        try {
            MDC.put("agent", agent.name());
            MDC.put("mode", agent.settings().mode().name().toLowerCase(Locale.ROOT));
            outbox.deliver(agent);
        } catch (RuntimeException e) {
            if (!Database.isAway(e)) {
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
