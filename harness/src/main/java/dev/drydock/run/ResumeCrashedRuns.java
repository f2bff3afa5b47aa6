package dev.drydock.run;

import dev.drydock.concurrent.Threads;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Goes on with the work of dead processes without waiting for the next due time. */
@Singleton
class ResumeCrashedRuns {

    private static final Logger LOG = Logger.getLogger(ResumeCrashedRuns.class);

    private final Agents agents;
    private final CrashedRuns crashed;
    private final AgentRunner runner;
    private final Threads threads;

    ResumeCrashedRuns(Agents agents, CrashedRuns crashed, AgentRunner runner, Threads threads) {
        this.agents = agents;
        this.crashed = crashed;
        this.runner = runner;
        this.threads = threads;
    }

    /** To be called several times in a lease. */
    void look() {
        try {
            agents.all().forEach(this::look);
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            LOG.debug("The database is away; dead processes are looked for when it is back");
        }
    }

    private void look(RegisteredAgent<?, ?> agent) {
        if (crashed.closeAsCrashed(agent.name()) && !crashed.holdsBack(agent.name())) {
            LOG.infof("Taking over the work of %s", agent.name());
            threads.start(() -> runner.run(agent));
        }
    }
}
