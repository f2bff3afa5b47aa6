package dev.drydock.run;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.StoreDecisions;
import dev.drydock.journal.StoreDecisions.EntryCall;
import dev.drydock.run.Verdict.Decided;
import dev.drydock.run.Verdict.Failed;
import dev.drydock.run.Verdict.NotServed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Gathers the verdicts of one cycle and stores them many at a time: a crash costs the latest decisions, a cycle
 * of ten thousand entries some dozens of statements.
 */
final class CollectVerdicts {

    private static final int FULL = 500;
    private static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(1).toNanos();

    @Singleton
    static class Factory {

        private final StoreDecisions store;

        Factory(StoreDecisions store) {
            this.store = store;
        }

        CollectVerdicts collect(RegisteredAgent<?, ?> agent, UUID runId) {
            return new CollectVerdicts(store, agent, runId);
        }
    }

    private final StoreDecisions store;
    private final RegisteredAgent<?, ?> agent;
    private final UUID runId;

    private final BlockingQueue<Verdict> finished = new LinkedBlockingQueue<>();
    private final List<NotServed> notServed = new ArrayList<>();
    private volatile boolean circuitOpen;
    private boolean modelServed;
    private int decided;
    private int failed;
    private long lastStored = System.nanoTime();

    private CollectVerdicts(StoreDecisions store, RegisteredAgent<?, ?> agent, UUID runId) {
        this.store = store;
        this.agent = agent;
        this.runId = runId;
    }

    /** Called by any thread; all else by the cycle's own. */
    void add(Verdict verdict) {
        finished.add(verdict);
        if (verdict instanceof NotServed waiting && waiting.circuitOpen()) {
            circuitOpen = true;
        }
    }

    boolean circuitOpen() {
        return circuitOpen;
    }

    void storeWhenDue() {
        if (finished.size() >= FULL || System.nanoTime() - lastStored > LONGEST_WAIT_NANOS) {
            store();
        }
    }

    /** Stores what is left, and judges those that the model did not serve. */
    DecideTally close() {
        store();
        var modelDown = circuitOpen || !modelServed;
        if (!notServed.isEmpty() && !modelDown) {
            fail(notServed.stream().map(NotServed::failure).toList());
        }
        return new DecideTally(
                decided,
                failed,
                modelDown && !notServed.isEmpty() ? notServed.get(0).failure().fault() : null);
    }

    private void store() {
        var batch = new ArrayList<Verdict>();
        finished.drainTo(batch);
        var decisions = new ArrayList<StoreDecisions.Decision>();
        var failures = new ArrayList<StoreDecisions.Failure>();
        var calls = new ArrayList<EntryCall>();
        for (var verdict : batch) {
            verdict.calls().forEach(call -> calls.add(new EntryCall(verdict.entryId(), call)));
            if (verdict instanceof Decided one) {
                decisions.add(one.decision());
                modelServed |= !one.decision().byRule();
            } else if (verdict instanceof Failed one) {
                failures.add(one.failure());
            } else if (verdict instanceof NotServed one) {
                notServed.add(one);
            }
        }
        store.calls(runId, calls);
        decided += store.decided(runId, agent.settings().mode(), decisions);
        fail(failures);
        lastStored = System.nanoTime();
    }

    private void fail(List<StoreDecisions.Failure> failures) {
        store.failed(runId, agent.settings().poisonAfter(), failures);
        failed += failures.size();
    }
}
