package dev.drydock.run;

import dev.drydock.concurrent.Lanes;
import dev.drydock.concurrent.Threads;
import dev.drydock.config.RegisteredAgent;
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
    private final CollectVerdicts.Factory collectors;
    private final Threads threads;

    DecideEntries(
            UndecidedEntries undecided, DecideEntry decideEntry, CollectVerdicts.Factory collectors, Threads threads) {
        this.undecided = undecided;
        this.decideEntry = decideEntry;
        this.collectors = collectors;
        this.threads = threads;
    }

    /** Goes on until no entry is open, the model serves nobody any more, or {@code stop} says so. */
    DecideTally decide(RegisteredAgent<?, ?> agent, UUID runId, BooleanSupplier stop) throws InterruptedException {
        var verdicts = collectors.collect(agent, runId);
        var lanes = threads.lanes(agent.settings().concurrency());
        var last = UndecidedEntries.FROM_THE_START;
        List<Undecided> page;
        do {
            page = undecided.page(agent.name(), last, PAGE);
            for (var entry : page) {
                if (verdicts.closed() || stop.getAsBoolean()) {
                    break;
                }
                start(lanes, agent, entry, verdicts);
                last = entry.id();
            }
        } while (page.size() == PAGE && !verdicts.closed() && !stop.getAsBoolean());
        lanes.awaitAll();
        return verdicts.close();
    }

    private void start(Lanes lanes, RegisteredAgent<?, ?> agent, Undecided entry, CollectVerdicts verdicts)
            throws InterruptedException {
        lanes.run(() -> verdicts.add(decideEntry.decide(agent, verdicts.runId(), entry)));
        verdicts.storeWhenDue();
    }
}
