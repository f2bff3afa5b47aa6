package dev.drydock.run;

import dev.drydock.concurrent.Threads;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.Schedule;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Run;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Starts the cycle of a due time in a thread of its own, and at start-up one cycle for all that were missed. */
@Singleton
class StartDueCycles {

    private static final Logger LOG = Logger.getLogger(StartDueCycles.class);

    private static final int RECENT = 100;
    private static final Set<RunOutcome> COMPLETED =
            EnumSet.of(RunOutcome.COMPLETED, RunOutcome.COMPLETED_WITH_ERRORS, RunOutcome.HOLLOW);

    private final JournalQueries journal;
    private final AgentRunner runner;
    private final CrashedRuns crashed;
    private final Threads threads;
    private final InstantSource clock;

    StartDueCycles(
            JournalQueries journal, AgentRunner runner, CrashedRuns crashed, Threads threads, InstantSource clock) {
        this.journal = journal;
        this.runner = runner;
        this.crashed = crashed;
        this.threads = threads;
        this.clock = clock;
    }

    /** Starts the cycle and does not wait for its end. Never throws; the job learns whether an {@code Error} ended it. */
    void start(RegisteredAgent<?, ?> agent, Instant dueAt, CycleJob job) {
        try {
            threads.start(() -> run(agent, dueAt, job));
        } catch (Throwable e) { // an Error too, such as "unable to create native thread"
            failed(agent, job, e);
        }
    }

    private void run(RegisteredAgent<?, ?> agent, Instant dueAt, CycleJob job) {
        try {
            runner.runDue(agent, dueAt);
            job.ended(false);
        } catch (Throwable e) {
            failed(agent, job, e);
        }
    }

    private static void failed(RegisteredAgent<?, ?> agent, CycleJob job, Throwable fault) {
        job.ended(fault instanceof Error);
        LOG.errorf(fault, "Cannot run the cycle of %s; the next due time tries again", agent.name());
    }

    /**
     * Starts one cycle if a due time has passed since the last completed cycle, whether no process ran or the cycle failed. An
     * agent that runs at intervals and never completed a cycle starts at once, too, and one whose last cycle was interrupted.
     */
    boolean startMissed(RegisteredAgent<?, ?> agent) {
        var settings = agent.settings();
        var now = clock.instant();
        var runs = journal.runs(agent.name(), RECENT);
        if (wasInterrupted(runs)) {
            LOG.infof(
                    "The process was stopped during the last cycle of %s; a new cycle goes on with it now",
                    agent.name());
            threads.start(() -> unlessCrashLooping(agent, () -> runner.run(agent)));
            return true;
        }
        var missed = runs.stream()
                .filter(run -> COMPLETED.contains(run.outcome()))
                .findFirst()
                .map(last -> settings.schedule().nextAfter(last.startedAt(), settings.zone()))
                .orElseGet(() -> settings.schedule() instanceof Schedule.Every ? Optional.of(now) : Optional.empty())
                .filter(next -> !next.isAfter(now))
                .flatMap(next -> settings.schedule().lastUntil(now, settings.zone()));
        missed.ifPresent(dueAt -> {
            LOG.infof("The cycle of %s due at %s did not complete; it starts now", agent.name(), dueAt);
            threads.start(() -> runMissed(agent, runs, dueAt));
        });
        return missed.isPresent();
    }

    /** A due time that failed here runs again; one that another process runs does not, nor does an agent in a crash loop. */
    private void runMissed(RegisteredAgent<?, ?> agent, List<Run> runs, Instant dueAt) {
        unlessCrashLooping(agent, () -> {
            if (runs.stream().anyMatch(run -> dueAt.equals(run.dueAt()))) {
                runner.run(agent);
            } else {
                runner.runDue(agent, dueAt);
            }
        });
    }

    private void unlessCrashLooping(RegisteredAgent<?, ?> agent, Runnable cycle) {
        crashed.closeAsCrashed(agent.name());
        if (crashed.isCrashLooping(agent.name())) {
            LOG.warnf("Agent %s crashed repeatedly; its next cycle starts at the next due time", agent.name());
        } else {
            cycle.run();
        }
    }

    private static boolean wasInterrupted(List<Run> runs) {
        return runs.stream()
                .filter(run -> run.skipReason() != SkipReason.ALREADY_RUNNING)
                .limit(1)
                .anyMatch(run -> run.outcome() == RunOutcome.INTERRUPTED);
    }
}
