package dev.drydock.run;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.outbox.Outbox;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The last step of a cycle: judges what was decided, and delivers. */
@Singleton
class DeliverOutputs {

    private static final Logger LOG = Logger.getLogger(DeliverOutputs.class);

    private final Outbox outbox;
    private final CheckExpectations expectations;

    DeliverOutputs(Outbox outbox, CheckExpectations expectations) {
        this.outbox = outbox;
        this.expectations = expectations;
    }

    /** Takes back what is not to be delivered any more. */
    void withdraw(RegisteredAgent<?, ?> agent) {
        outbox.withdraw(agent);
    }

    /** What the agent expects of a good run and this one breaks: {@link CheckExpectations#broken}. */
    Optional<String> judge(RegisteredAgent<?, ?> agent, UUID runId, int left) {
        return expectations.broken(agent, runId, left);
    }

    /** Returns how many attempts failed. Without the database, deliveries wait for the outbox's timer; the cycle has not failed. */
    int deliver(RegisteredAgent<?, ?> agent, StopCondition stop) throws InterruptedException {
        try {
            var deliveries = outbox.deliver(agent, stop.deadline());
            if (deliveries.delivered() + deliveries.failed() > 0) {
                LOG.infof("Delivered %d outputs; %d attempts failed", deliveries.delivered(), deliveries.failed());
            }
            return deliveries.failed();
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            LOG.warn("The database is unavailable; deliveries continue when it is available");
            return 0;
        }
    }
}
