package dev.drydock.run;

import dev.drydock.concurrent.Threads;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.Schedule;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Run;
import dev.drydock.journal.RunOutcome;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Makes up for cycles that were due while no process ran: with one cycle, however many were missed. */
@Singleton
class MissedCycles {

    private static final Logger LOG = Logger.getLogger(MissedCycles.class);

    private static final int RECENT = 100;
    private static final Set<RunOutcome> COMPLETED = EnumSet.of(RunOutcome.COMPLETED, RunOutcome.COMPLETED_WITH_ERRORS);

    private final JournalQueries journal;
    private final AgentRunner runner;
    private final CrashedRuns crashed;
    private final Threads threads;
    private final InstantSource clock;

    MissedCycles(
            JournalQueries journal, AgentRunner runner, CrashedRuns crashed, Threads threads, InstantSource clock) {
        this.journal = journal;
        this.runner = runner;
        this.crashed = crashed;
        this.threads = threads;
        this.clock = clock;
    }

    /**
     * Starts a cycle if one was due since the last one that completed, or if none ever did and the agent runs at
     * intervals: it need not wait for the first one to pass.
     */
    boolean catchUp(RegisteredAgent<?, ?> agent) {
        var settings = agent.settings();
        var now = clock.instant();
        var runs = journal.runs(agent.name(), RECENT);
        var missed = runs.stream()
                .filter(run -> COMPLETED.contains(run.outcome()))
                .findFirst()
                .map(last -> settings.schedule().nextAfter(last.startedAt(), settings.zone()))
                .orElseGet(() -> settings.schedule() instanceof Schedule.Every ? Optional.of(now) : Optional.empty())
                .filter(next -> !next.isAfter(now))
                .flatMap(next -> settings.schedule().lastUntil(now, settings.zone()));
        missed.ifPresent(dueAt -> {
            LOG.infof("A cycle of %s was due at %s; it runs now", agent.name(), dueAt);
            threads.start(() -> run(agent, runs, dueAt));
        });
        return missed.isPresent();
    }

    /** What has failed at this time is made up for; what another process does is not, nor what crashes again and again. */
    private void run(RegisteredAgent<?, ?> agent, List<Run> runs, Instant dueAt) {
        crashed.closeAsCrashed(agent.name());
        if (crashed.holdsBack(agent.name())) {
            LOG.warnf("%s has crashed again and again; it waits for its next due time", agent.name());
        } else if (runs.stream().anyMatch(run -> dueAt.equals(run.dueAt()))) {
            runner.run(agent);
        } else {
            runner.runDue(agent, dueAt);
        }
    }
}
