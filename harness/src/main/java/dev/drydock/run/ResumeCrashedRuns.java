package dev.drydock.run;

import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.journal.RunLeases;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Starts a cycle for the open entries of a crashed or interrupted run, without waiting for the next due time. */
@Singleton
public class ResumeCrashedRuns {

    private static final Logger LOG = Logger.getLogger(ResumeCrashedRuns.class);

    private static final int CHECKS_PER_LEASE = 4;

    private final Agents agents;
    private final CrashedRuns crashed;
    private final AgentRunner runner;
    private final PeriodicTasks tasks;
    private final RunLeases leases;

    ResumeCrashedRuns(Agents agents, CrashedRuns crashed, AgentRunner runner, PeriodicTasks tasks, RunLeases leases) {
        this.agents = agents;
        this.crashed = crashed;
        this.runner = runner;
        this.tasks = tasks;
        this.leases = leases;
    }

    /** Checks several times within a lease. Called once, by {@code serve}. */
    public void start() {
        tasks.every(leases.fraction(CHECKS_PER_LEASE), "resume crashed and interrupted runs", this::check);
    }

    void check() {
        try {
            agents.all().forEach(this::check);
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            LOG.debug("The database is unavailable; the check for crashed and interrupted runs is repeated");
        }
    }

    void check(RegisteredAgent<?, ?> agent) {
        var name = agent.name();
        if ((crashed.closeAsCrashed(name) || leases.wasInterrupted(name)) && !crashed.isCrashLooping(name)) {
            LOG.infof("Agent %s: a new cycle resumes the run whose process ended", name);
            runner.start(agent);
        }
    }
}
