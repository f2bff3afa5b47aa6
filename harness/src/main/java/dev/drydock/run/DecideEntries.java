package dev.drydock.run;

import dev.drydock.concurrent.BoundedExecutor;
import dev.drydock.concurrent.Threads;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.journal.UndecidedEntries;
import dev.drydock.journal.UndecidedEntries.Undecided;
import dev.drydock.run.AwaitTurn.Turns;
import dev.drydock.run.DecideOutcome.Busy;
import dev.drydock.run.PlanDecisions.Plan;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * The decide step of a cycle: the entries of its plan, as many at a time as the model takes calls. Decisions are stored while others
 * are still being made. An entry that the model had no turn for is decided again in the same cycle.
 */
@Singleton
class DecideEntries {

    private static final int PAGE = 1_000;
    private static final Duration EACH = Duration.ofSeconds(1);

    private final UndecidedEntries undecided;
    private final DecideEntry decideEntry;
    private final CollectDecisions.Factory collectors;
    private final Threads threads;
    private final AwaitTurn turns;

    DecideEntries(
            UndecidedEntries undecided,
            DecideEntry decideEntry,
            CollectDecisions.Factory collectors,
            Threads threads,
            AwaitTurn turns) {
        this.undecided = undecided;
        this.decideEntry = decideEntry;
        this.collectors = collectors;
        this.threads = threads;
        this.turns = turns;
    }

    /** What the entries of one cycle share. */
    private record Work(
            RegisteredAgent<?, ?> agent,
            CollectDecisions decisions,
            BoundedExecutor executor,
            Turns turns,
            int entries,
            Queue<UUID> again) {}

    /** Ends when those entries are decided, when the model is unavailable to all of them, when interrupted, or when stopped. */
    DecideTally decide(RegisteredAgent<?, ?> agent, UUID runId, Plan plan, StopCondition stop) {
        var decisions = collectors.collect(agent, runId);
        try (var given = turns.of(agent, decisions, plan.entries(), stop)) {
            var executor = threads.bounded(agent.settings().concurrency());
            try {
                beginAll(new Work(agent, decisions, executor, given, plan.entries(), new ConcurrentLinkedQueue<>()));
            } catch (InterruptedException e) {
                executor.interruptAll();
                return decisions.close().whenInterrupted(); // finished decisions were paid for
            } catch (RuntimeException | Error e) {
                executor.interruptAll();
                decisions.close();
                throw e;
            }
            var tally = decisions.close();
            return given.outOfTime()
                    ? tally.waiting(Math.max(0, decisions.open() - plan.beyond() - tally.failed()))
                    : tally;
        }
    }

    private void beginAll(Work work) throws InterruptedException {
        var last = UndecidedEntries.FROM_THE_START;
        var left = work.entries();
        List<Undecided> page;
        do {
            var after = last;
            var limit = Math.min(PAGE, left);
            page = read(work, () -> undecided.page(work.agent().name(), after, limit));
            left -= page.size();
            for (var entry : page) {
                if (!begin(entry, work)) {
                    break;
                }
                last = entry.id();
            }
        } while (!page.isEmpty() && left > 0 && !work.turns().ended());
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
            var again = id;
            for (var entry : read(work, () -> undecided.one(again).stream().toList())) {
                if (!begin(entry, work)) {
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

    /** Ends the cycle, and returns nothing, if the database is unavailable. */
    private static List<Undecided> read(Work work, Supplier<List<Undecided>> query) {
        try {
            return query.get();
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            work.decisions().databaseUnavailable();
            return List.of();
        }
    }
}
