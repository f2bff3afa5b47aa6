package dev.drydock.run;

import dev.drydock.concurrent.Watchdog;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.DeferredWrites;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.SkipReason;
import dev.drydock.journal.StoreCalls;
import dev.drydock.journal.StoreDecisions;
import dev.drydock.journal.StoreDecisions.Decision;
import dev.drydock.journal.StoreDecisions.Failure;
import dev.drydock.journal.StoreDecisions.Held;
import dev.drydock.model.ModelProbe;
import dev.drydock.run.DecideOutcome.Decided;
import dev.drydock.run.DecideOutcome.Failed;
import dev.drydock.run.DecideOutcome.NeedsApproval;
import dev.drydock.run.DecideOutcome.Reach;
import dev.drydock.run.DecideOutcome.Unavailable;
import dev.drydock.run.DecideTally.Cost;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the decisions of cycles and stores them many at a time: a crash costs the latest decisions, a cycle of ten thousand entries
 * takes dozens of statements. If the database is unavailable, they are deferred, and the cycle ends.
 */
@Singleton
class CollectDecisions {

    private static final int FULL = 500;
    private static final int FULL_CHARACTERS = 1 << 21;
    private static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(1).toNanos();

    private final StoreDecisions store;
    private final StoreCalls storeCalls;
    private final DeferredWrites writes;
    private final ModelProbe probe;

    CollectDecisions(StoreDecisions store, StoreCalls storeCalls, DeferredWrites writes, ModelProbe probe) {
        this.store = store;
        this.storeCalls = storeCalls;
        this.writes = writes;
        this.probe = probe;
    }

    /** For the decisions of one cycle. */
    Decisions of(RegisteredAgent<?, ?> agent, UUID runId) {
        return new Decisions(agent, runId);
    }

    /** What one cycle has decided so far. */
    final class Decisions {

        private final RegisteredAgent<?, ?> agent;
        private final UUID runId;

        private final BlockingQueue<DecideOutcome> finished = new LinkedBlockingQueue<>();
        private final AtomicLong characters = new AtomicLong();
        private final UnansweredEntries unanswered = new UnansweredEntries(probe);
        private final DecidePace pace = new DecidePace(System::nanoTime);
        private volatile boolean closed;
        private boolean databaseUnavailable;
        private int decided;
        private int failed;
        private Cost cost = Cost.NOTHING;
        private long lastStored = System.nanoTime();

        private Decisions(RegisteredAgent<?, ?> agent, UUID runId) {
            this.agent = agent;
            this.runId = runId;
        }

        UUID runId() {
            return runId;
        }

        /** Called by any thread; all else by the cycle's own. */
        void add(DecideOutcome outcome) {
            finished.add(outcome);
            if (outcome instanceof Decided) {
                pace.decided();
            }
            outcome.calls().forEach(call -> characters.addAndGet(call.characters()));
            Watchdog.progressed();
            if (outcome instanceof Unavailable one && one.reach() == Reach.ALL) {
                closed = true;
            }
        }

        /** Entries that were set aside before any was begun, because they ended the process too often. */
        void setAside(int entries) {
            failed += entries;
        }

        /** Ends the cycle as soon as what is in flight has ended. */
        void databaseUnavailable() {
            databaseUnavailable = true;
            closed = true;
        }

        /** Whether there is no use in asking the model for the others. */
        boolean closed() {
            return closed;
        }

        /** Entries of this cycle that were decided and stored so far. */
        int decided() {
            return decided;
        }

        /** Entries of this cycle that failed so far. */
        int failed() {
            return failed;
        }

        void storeWhenDue() {
            if (finished.size() >= FULL
                    || characters.get() >= FULL_CHARACTERS
                    || System.nanoTime() - lastStored > LONGEST_WAIT_NANOS) {
                store();
            }
        }

        /**
         * Forgets the failures of entries by a fault of the model server, which answered others, and returns these entries. Called
         * once, when no entry is in flight: what fails after that counts.
         */
        List<UUID> takeServerFaults() {
            store();
            return closed ? List.of() : unanswered.takeServerFaults();
        }

        /** Stores what is left, and judges those that the model did not answer. */
        DecideTally close() {
            store();
            var served = !closed && unanswered.othersAnswered();
            if (served) {
                fail(unanswered.failures());
            }
            if (databaseUnavailable) {
                return tally(SkipReason.DATABASE_DOWN, "the database is unavailable");
            }
            var cause = served ? Optional.<Unavailable>empty() : unanswered.cause();
            return cause.map(one -> tally(one.reason(), one.failure().fault())).orElseGet(() -> tally(null, null));
        }

        /** Stores what is left, and judges no entry: others could not succeed any more. */
        DecideTally closeInterrupted() {
            store();
            return tally(null, null).whenInterrupted();
        }

        private DecideTally tally(@Nullable SkipReason cutShort, @Nullable String fault) {
            return new DecideTally(decided, failed, cost, pace, 0, 0, false, cutShort, fault);
        }

        /** Stores what has been decided so far. */
        void store() {
            var batch = new ArrayList<DecideOutcome>();
            characters.set(0);
            finished.drainTo(batch);
            var decisions = new ArrayList<Decision>();
            var failures = new ArrayList<Failure>();
            var held = new ArrayList<Held>();
            var calls = new ArrayList<ModelCall>();
            for (var outcome : batch) {
                calls.addAll(outcome.calls());
                if (outcome instanceof Decided one) {
                    decisions.add(one.decision());
                    if (!one.decision().byRule()) {
                        unanswered.modelAnswered();
                    }
                } else if (outcome instanceof Failed one) {
                    failures.add(one.failure());
                } else if (outcome instanceof NeedsApproval one) {
                    held.add(one.held());
                } else if (outcome instanceof Unavailable one) {
                    unanswered.add(one);
                }
            }
            for (var call : calls) {
                cost = cost.plus(call);
            }
            decided += decisions.size();
            var mode = agent.settings().mode();
            write(calls, "model calls", () -> storeCalls.store(calls));
            write(
                    decisions,
                    "decisions",
                    () -> store.decided(runId, mode, agent.settings().liveLabels(), decisions));
            write(held, "entries for a person", () -> store.held(runId, mode, held));
            fail(failures);
            lastStored = System.nanoTime();
        }

        private void fail(List<Failure> failures) {
            failed += failures.size();
            write(
                    failures,
                    "failures",
                    () -> store.failed(runId, agent.settings().poisonAfter(), failures));
        }

        private void write(List<?> rows, String what, Runnable write) {
            if (!rows.isEmpty() && !writes.write(rows.size() + " " + what, write)) {
                databaseUnavailable();
            }
        }
    }
}
