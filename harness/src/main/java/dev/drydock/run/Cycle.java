package dev.drydock.run;

import dev.drydock.agent.Item;
import dev.drydock.agent.Window;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.journal.AdmitEntries.Admission;
import dev.drydock.journal.Run.Counts;
import dev.drydock.journal.RunResult;
import dev.drydock.outbox.Outbox;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The steps of one cycle, in their order: fetch, admit, decide, deliver. */
@Singleton
class Cycle {

    private static final Logger LOG = Logger.getLogger(Cycle.class);

    private final FetchItems fetchItems;
    private final DecideEntries decideEntries;
    private final Outbox outbox;
    private final ClassifyFailure failures;

    Cycle(FetchItems fetchItems, DecideEntries decideEntries, Outbox outbox, ClassifyFailure failures) {
        this.fetchItems = fetchItems;
        this.decideEntries = decideEntries;
        this.outbox = outbox;
        this.failures = failures;
    }

    /**
     * Runs the steps. A source or a model that is unavailable is a result, not an exception.
     *
     * @param stop asked before each entry; the remaining ones are left to the next cycle
     */
    <I extends Item, D> RunResult run(RegisteredAgent<I, D> agent, UUID runId, Window window, StopCondition stop)
            throws InterruptedException {
        List<I> items;
        try {
            items = fetchItems.fetch(agent, window);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return failures.ofFetch(e, window);
        }
        Admission admission;
        try {
            admission = fetchItems.admit(agent.name(), runId, items);
        } catch (IOException e) {
            return failures.ofFetch(e, window);
        }
        LOG.infof("Fetched %d items; %d are new", admission.items(), admission.admitted());
        var decisions = decideEntries.decide(agent, runId, stop);
        if (decisions.decided() > 0 || decisions.cost().calls() > 0) {
            LOG.infof("Decided %d entries: %s", decisions.decided(), decisions.cost());
        }
        var deliveries = stop.isStopped() ? Outbox.Tally.NOTHING : deliver(agent);
        if (deliveries.delivered() + deliveries.failed() > 0) {
            LOG.infof("Delivered %d outputs; %d attempts failed", deliveries.delivered(), deliveries.failed());
        }

        var unstorable = admission.unstorable().size();
        var counts = new Counts(
                admission.items(),
                admission.admitted(),
                admission.items() - admission.admitted() - unstorable,
                decisions.decided(),
                decisions.failed() + deliveries.failed() + unstorable);
        if (decisions.cutShort() != null) {
            return RunResult.skipped(decisions.cutShort(), decisions.fault(), window, counts);
        }
        if (stop.isStopped()) {
            return RunResult.stopped(window, counts);
        }
        return decisions.waiting() == 0
                ? RunResult.completed(window, counts)
                : RunResult.rateLimited(window, counts, decisions.waiting());
    }

    /** Without the database, deliveries wait for the outbox's timer; the cycle has not failed. */
    private Outbox.Tally deliver(RegisteredAgent<?, ?> agent) throws InterruptedException {
        try {
            return outbox.deliver(agent);
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            LOG.warn("The database is unavailable; deliveries continue when it is available");
            return Outbox.Tally.NOTHING;
        }
    }
}
