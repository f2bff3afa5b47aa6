package dev.drydock.run;

import dev.drydock.concurrent.Threads;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.RunOutcome;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.EnumSet;
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
    private final Threads threads;
    private final InstantSource clock;

    MissedCycles(JournalQueries journal, AgentRunner runner, Threads threads, InstantSource clock) {
        this.journal = journal;
        this.runner = runner;
        this.threads = threads;
        this.clock = clock;
    }

    /** Starts a cycle if one was due since the last one that completed; an agent without one has missed none. */
    boolean catchUp(RegisteredAgent<?, ?> agent) {
        var settings = agent.settings();
        var due = journal.runs(agent.name(), RECENT).stream()
                .filter(run -> COMPLETED.contains(run.outcome()))
                .findFirst()
                .flatMap(last -> settings.schedule().nextAfter(last.startedAt(), settings.zone()))
                .filter(next -> next.isBefore(clock.instant()));
        due.ifPresent(when -> {
            LOG.infof("A cycle of %s was due at %s; it runs now", agent.name(), when);
            threads.start(() -> runner.run(agent));
        });
        return due.isPresent();
    }
}
