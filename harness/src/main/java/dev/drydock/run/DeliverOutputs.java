package dev.drydock.run;

import dev.drydock.agent.Expectation;
import dev.drydock.agent.Expectation.Figures;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.journal.UnjudgedOutputs;
import dev.drydock.outbox.Outbox;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The last steps of a cycle: holds the run to what its agent expects of a good one, and delivers. */
@Singleton
class DeliverOutputs {

    private static final Logger LOG = Logger.getLogger(DeliverOutputs.class);

    private final Outbox outbox;
    private final UnjudgedOutputs unjudged;

    DeliverOutputs(Outbox outbox, UnjudgedOutputs unjudged) {
        this.outbox = outbox;
        this.unjudged = unjudged;
    }

    /** Takes back what is not to be delivered any more. */
    void withdraw(RegisteredAgent<?, ?> agent) {
        outbox.withdraw(agent);
    }

    /**
     * Judges the run, and releases its outputs or leaves them HELD. Called once, when all is decided that it decides, before it
     * delivers.
     *
     * @param left entries that it leaves to the next run
     * @return every broken expectation; empty if there is none
     */
    Optional<String> judge(RegisteredAgent<?, ?> agent, UUID runId, int left) {
        var name = agent.name();
        var broken = agent.spec().expectations().isEmpty() ? "" : broken(agent, unjudged.figures(name, left));
        if (broken.isEmpty()) {
            unjudged.release(name, runId); // also what waits for an expectation that the agent no longer has
            return Optional.empty();
        }
        unjudged.hold(name, runId);
        return Optional.of(broken);
    }

    private static String broken(RegisteredAgent<?, ?> agent, Figures figures) {
        return agent.spec().expectations().stream()
                .flatMap(expectation -> broken(agent.name(), expectation, figures).stream())
                .collect(Collectors.joining("; "));
    }

    private static Optional<String> broken(String agent, Expectation expectation, Figures figures) {
        try {
            return expectation.brokenBy(figures);
        } catch (RuntimeException e) {
            LOG.errorf(e, "An expectation of agent %s failed; it counts as broken", agent);
            return Optional.of("an expectation failed with " + e.getClass().getSimpleName());
        }
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
