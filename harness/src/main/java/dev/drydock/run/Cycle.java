package dev.drydock.run;

import dev.drydock.agent.Item;
import dev.drydock.agent.Window;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.journal.AdmitEntries;
import dev.drydock.journal.AdmitEntries.Admission;
import dev.drydock.journal.Run.Counts;
import dev.drydock.journal.RunEnd;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import dev.drydock.outbox.Outbox;
import dev.drydock.redact.Redactor;
import dev.drydock.run.RunEvent.StageFailed;
import dev.drydock.trace.Spans;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** The steps of one cycle, in their order: fetch, admit, decide, deliver. */
@Singleton
class Cycle {

    private static final Logger LOG = Logger.getLogger(Cycle.class);

    /** So many items are admitted by one statement. */
    private static final int CHUNK = 1_000;

    private final FetchStage fetchStage;
    private final AdmitEntries admitEntries;
    private final DecideEntries decideEntries;
    private final Outbox outbox;
    private final Redactor redactor;
    private final Spans spans;
    private final Event<RunEvent> events;

    Cycle(
            FetchStage fetchStage,
            AdmitEntries admitEntries,
            DecideEntries decideEntries,
            Outbox outbox,
            Redactor redactor,
            Spans spans,
            Event<RunEvent> events) {
        this.fetchStage = fetchStage;
        this.admitEntries = admitEntries;
        this.decideEntries = decideEntries;
        this.outbox = outbox;
        this.redactor = redactor;
        this.spans = spans;
        this.events = events;
    }

    /**
     * Runs the steps; a source or a model that is down is an end like another, not an exception.
     *
     * @param stop asked before each entry: true leaves those that remain to the next cycle
     */
    <I extends Item, D> RunEnd run(RegisteredAgent<I, D> agent, UUID runId, Window window, BooleanSupplier stop)
            throws InterruptedException {
        List<I> items;
        try {
            items = spans.around("fetch", span -> {}, () -> fetchStage.fetch(agent, window));
            Objects.requireNonNull(items, "fetch returned null");
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            events.fire(new StageFailed(agent.name(), "fetch"));
            LOG.warnf(
                    "The source could not be read (%s); the next cycle covers the gap",
                    e.getClass().getSimpleName());
            return new RunEnd(RunOutcome.SKIPPED, SkipReason.SOURCE_DOWN, redactor.fault(e), window, RunReport.NOTHING);
        }
        var admission = admit(agent.name(), runId, items);
        LOG.infof("Fetched %d items, %d of them new", items.size(), admission.admitted());
        var decisions = decideEntries.decide(agent, runId, stop);
        if (decisions.decided() > 0 || decisions.bill().calls() > 0) {
            LOG.infof("Decided %d entries: %s", decisions.decided(), decisions.bill());
        }
        var deliveries = stop.getAsBoolean() ? Outbox.Tally.NOTHING : deliver(agent);
        if (deliveries.delivered() + deliveries.failed() > 0) {
            LOG.infof("Delivered %d outputs; %d attempts failed", deliveries.delivered(), deliveries.failed());
        }

        var unstorable = admission.unstorable().size();
        var counts = new Counts(
                items.size(),
                admission.admitted(),
                items.size() - admission.admitted() - unstorable,
                decisions.decided(),
                decisions.failed() + deliveries.failed() + unstorable);
        if (decisions.cutShort() != null) {
            return new RunEnd(RunOutcome.SKIPPED, decisions.cutShort(), decisions.fault(), window, counts);
        }
        if (stop.getAsBoolean()) {
            return new RunEnd(RunOutcome.FAILED, null, "the process was stopped; what is open waits", window, counts);
        }
        return counts.failed() == 0
                ? new RunEnd(RunOutcome.COMPLETED, null, null, window, counts)
                : new RunEnd(RunOutcome.COMPLETED_WITH_ERRORS, null, null, window, counts);
    }

    /** Without the database, what is to be delivered waits for the outbox's own turns: no fault of the cycle. */
    private Outbox.Tally deliver(RegisteredAgent<?, ?> agent) throws InterruptedException {
        try {
            return outbox.deliver(agent);
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            LOG.warn("The database is away; deliveries go on when it is back");
            return Outbox.Tally.NOTHING;
        }
    }

    private Admission admit(String agent, UUID runId, List<? extends Item> items) {
        int admitted = 0;
        var unstorable = new ArrayList<String>();
        for (int from = 0; from < items.size(); from += CHUNK) {
            var chunk = items.subList(from, Math.min(from + CHUNK, items.size()));
            var admission = admitEntries.admit(agent, runId, chunk);
            admitted += admission.admitted();
            unstorable.addAll(admission.unstorable());
        }
        unstorable.forEach(line -> LOG.errorf("An item is left out, because it cannot be written as JSON: %s", line));
        return new Admission(admitted, unstorable);
    }
}
