package dev.drydock.run;

import dev.drydock.concurrent.BoundedExecutor;
import dev.drydock.concurrent.Threads;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.UndecidedEntries;
import dev.drydock.journal.UndecidedEntries.Undecided;
import dev.drydock.run.AwaitTurn.Turns;
import dev.drydock.run.CollectDecisions.Decisions;
import dev.drydock.run.DecideOutcome.Busy;
import dev.drydock.run.EntriesToDecide.Caution;
import dev.drydock.run.PlanDecisions.Plan;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/**
 * The decide step of a cycle: the entries of its plan, as many at a time as the model takes calls. Decisions are stored while others
 * are still being made. An entry that the model had no turn for is decided again in the same cycle; one that the model server failed, which
 * answered others, once more at its end.
 */
@Singleton
class DecideEntries {

    private static final Logger LOG = Logger.getLogger(DecideEntries.class);

    private static final Duration EACH = Duration.ofSeconds(1);

    private final UndecidedEntries undecided;
    private final DecideEntry decideEntry;
    private final CollectDecisions collect;
    private final Threads threads;
    private final AwaitTurn turns;

    DecideEntries(
            UndecidedEntries undecided,
            DecideEntry decideEntry,
            CollectDecisions collect,
            Threads threads,
            AwaitTurn turns) {
        this.undecided = undecided;
        this.decideEntry = decideEntry;
        this.collect = collect;
        this.threads = threads;
        this.turns = turns;
    }

    /** What the entries of one cycle share. */
    private record Work(
            RegisteredAgent<?, ?> agent,
            EntriesToDecide entries,
            Decisions decisions,
            BoundedExecutor executor,
            Turns turns,
            Queue<UUID> again) {}

    /** Ends when those entries are decided, when the model is unavailable to all of them, when interrupted, or when stopped. */
    DecideTally decide(RegisteredAgent<?, ?> agent, UUID runId, Plan plan, StopCondition stop) {
        var decisions = collect.of(agent, runId);
        try (var given = turns.of(agent, decisions, plan.entries(), stop)) {
            var executor = threads.bounded(agent.settings().concurrency());
            var entries = new EntriesToDecide(undecided, agent.name(), decisions);
            try {
                beginAll(
                        new Work(agent, entries, decisions, executor, given, new ConcurrentLinkedQueue<>()),
                        plan.entries());
            } catch (InterruptedException e) {
                executor.interruptAll();
                return decisions.closeInterrupted(); // finished decisions were paid for
            } catch (RuntimeException | Error e) {
                executor.interruptAll();
                decisions.close();
                throw e;
            }
            var tally = decisions.close();
            return given.outOfTime()
                    ? tally.waiting(Math.max(0, entries.count() - plan.beyond() - tally.failed()))
                    : tally;
        }
    }

    /** Entries that may have ended their process come last, so that the others are decided. */
    private void beginAll(Work work, int most) throws InterruptedException {
        var suspects = work.entries().suspects();
        if (suspects.setAside() > 0) {
            work.decisions().setAside(suspects.setAside());
            LOG.errorf(
                    "%d entries are POISONED: the process ended each time they were decided; return them with ./drydock retry %s",
                    suspects.setAside(), work.agent().name());
        }
        var left = most;
        for (var caution : suspects.some() ? Caution.values() : new Caution[] {Caution.NONE}) {
            left = beginAll(work, caution, left);
        }
        beginOnceMore(work);
    }

    private void beginOnceMore(Work work) throws InterruptedException {
        var failed = work.decisions().takeServerFaults();
        if (failed.isEmpty()) {
            return;
        }
        var late = work.turns().isLate();
        LOG.infof(
                "The model server failed %d entries and answered others; %s",
                failed.size(), late ? "the next run decides them" : "they are tried once more");
        if (!late) {
            work.again().addAll(failed);
            awaitAll(work);
        }
    }

    /** Returns how many of its entries the run may still begin. */
    private int beginAll(Work work, Caution caution, int most) throws InterruptedException {
        var left = most;
        var last = UndecidedEntries.FROM_THE_START;
        List<Undecided> some;
        do {
            some = work.turns().ended() ? List.of() : work.entries().start(caution, last, left);
            left -= some.size();
            for (var entry : some) {
                if (!begin(entry, work)) {
                    break;
                }
                last = entry.id();
            }
            if (caution != Caution.NONE) {
                awaitAll(work);
                work.decisions().store(); // or the next crash would be counted against these, too
            }
        } while (!some.isEmpty() && left > 0);
        awaitAll(work);
        return left;
    }

    private void awaitAll(Work work) throws InterruptedException {
        do {
            while (!work.executor().awaitAll(EACH)) {
                work.turns().pause();
            }
        } while (beginAgain(work));
    }

    /** Whether entries were begun that had found no turn before. */
    private boolean beginAgain(Work work) throws InterruptedException {
        var some = false;
        for (var id = work.again().poll(); id != null; id = work.again().poll()) {
            var entry = work.entries().one(id);
            if (entry.isPresent()) {
                if (!begin(entry.get(), work)) {
                    return some;
                }
                some = true;
            }
        }
        return some;
    }

    private boolean begin(Undecided entry, Work work) throws InterruptedException {
        var turn = work.turns().next();
        if (turn.isEmpty()) {
            return false;
        }
        var started = false;
        try {
            while (!work.executor()
                    .tryRun(() -> decide(entry, work, turn.get()), entry.item().length(), EACH)) {
                work.turns().pause();
            }
            started = true;
        } finally {
            if (!started) {
                turn.get().run();
            }
        }
        return true;
    }

    private void decide(Undecided entry, Work work, Runnable turn) {
        try {
            if (work.turns().ended()) {
                return;
            }
            var outcome = decideEntry.decide(
                    work.agent(), work.decisions().runId(), entry, work.turns().deadline(), turn);
            work.decisions().add(outcome);
            if (outcome instanceof Busy) {
                work.again().add(entry.id()); // not its item, or all items would stay in memory
            }
        } finally {
            turn.run();
        }
    }
}
