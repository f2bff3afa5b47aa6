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

/** The decide step of a cycle: decides all open entries in parallel, and stores decisions meanwhile. */
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

    /** Continues until no entry is open, the model is unavailable for all entries, or {@code stop} is true. */
    DecideTally decide(RegisteredAgent<?, ?> agent, UUID runId, BooleanSupplier stop) throws InterruptedException {
        var decisions = collectors.collect(agent, runId);
        var executor = threads.bounded(agent.settings().concurrency());
        try {
            startAll(executor, agent, decisions, stop);
            executor.awaitAll();
        } catch (InterruptedException e) {
            decisions.close(); // finished decisions were paid for
            throw e;
        }
        return decisions.close();
    }

    private void startAll(
            BoundedExecutor executor, RegisteredAgent<?, ?> agent, CollectDecisions decisions, BooleanSupplier stop)
            throws InterruptedException {
        BooleanSupplier ended = () -> decisions.closed() || stop.getAsBoolean();
        var last = UndecidedEntries.FROM_THE_START;
        List<Undecided> page;
        do {
            page = page(agent, decisions, last);
            for (var entry : page) {
                executor.run(() -> {
                    if (!ended.getAsBoolean()) { // it may have waited for a free slot
                        decisions.add(decideEntry.decide(agent, decisions.runId(), entry));
                    }
                });
                if (ended.getAsBoolean()) {
                    return;
                }
                decisions.storeWhenDue();
                last = entry.id();
            }
        } while (page.size() == PAGE);
    }

    private List<Undecided> page(RegisteredAgent<?, ?> agent, CollectDecisions decisions, UUID last) {
        try {
            return undecided.page(agent.name(), last, PAGE);
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            decisions.databaseUnavailable();
            return List.of();
        }
    }
}
