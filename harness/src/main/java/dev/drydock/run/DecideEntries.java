package dev.drydock.run;

import dev.drydock.concurrent.BoundedExecutor;
import dev.drydock.concurrent.Threads;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.journal.UndecidedEntries;
import dev.drydock.journal.UndecidedEntries.Undecided;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** The decide step of a cycle: all entries that are open, side by side; what is finished is stored meanwhile. */
@Singleton
class DecideEntries {

    private static final int PAGE = 1_000;

    private final UndecidedEntries undecided;
    private final DecideEntry decideEntry;
    private final CollectDecisions.Factory collectors;
    private final Threads threads;

    DecideEntries(
            UndecidedEntries undecided, DecideEntry decideEntry, CollectDecisions.Factory collectors, Threads threads) {
        this.undecided = undecided;
        this.decideEntry = decideEntry;
        this.collectors = collectors;
        this.threads = threads;
    }

    /** Goes on until no entry is open, the model serves nobody any more, or {@code stop} says so. */
    DecideTally decide(RegisteredAgent<?, ?> agent, UUID runId, BooleanSupplier stop) throws InterruptedException {
        var verdicts = collectors.collect(agent, runId);
        var lanes = threads.lanes(agent.settings().concurrency());
        try {
            startAll(lanes, agent, verdicts, stop);
            lanes.awaitAll();
        } catch (InterruptedException e) {
            verdicts.close(); // what was finished has been paid for
            throw e;
        }
        return verdicts.close();
    }

    private void startAll(
            BoundedExecutor lanes, RegisteredAgent<?, ?> agent, CollectDecisions verdicts, BooleanSupplier stop)
            throws InterruptedException {
        BooleanSupplier ended = () -> verdicts.closed() || stop.getAsBoolean();
        var last = UndecidedEntries.FROM_THE_START;
        List<Undecided> page;
        do {
            page = page(agent, verdicts, last);
            for (var entry : page) {
                lanes.run(() -> {
                    if (!ended.getAsBoolean()) { // it may have waited for its lane
                        verdicts.add(decideEntry.decide(agent, verdicts.runId(), entry));
                    }
                });
                if (ended.getAsBoolean()) {
                    return;
                }
                verdicts.storeWhenDue();
                last = entry.id();
            }
        } while (page.size() == PAGE);
    }

    private List<Undecided> page(RegisteredAgent<?, ?> agent, CollectDecisions verdicts, UUID last) {
        try {
            return undecided.page(agent.name(), last, PAGE);
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            verdicts.databaseAway();
            return List.of();
        }
    }
}
