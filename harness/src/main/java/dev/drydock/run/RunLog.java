package dev.drydock.run;

import dev.drydock.agent.Mode;
import dev.drydock.agent.Window;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.RunEnd;
import dev.drydock.journal.RunOutcome;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The beginning and the end of each cycle, in the log. */
final class RunLog {

    private static final Logger LOG = Logger.getLogger(RunLog.class);

    private RunLog() {}

    static void started(RegisteredAgent<?, ?> agent, Window window) {
        LOG.infof("Cycle of %s started, for %s to %s", agent.name(), window.from(), window.to());
        var width = Duration.between(window.from(), window.to());
        if (!window.first() && width.compareTo(agent.settings().lookBack()) >= 0) {
            LOG.warnf(
                    "The last completed cycle is further back than drydock.look-back (%s): what is older was not fetched",
                    agent.settings().lookBack());
        }
    }

    static void ended(RegisteredAgent<?, ?> agent, RunEnd end) {
        var counts = end.counts();
        if (agent.settings().mode() == Mode.SHADOW && counts.decided() > 0) {
            LOG.infof("Shadow mode: %d outputs are stored and withheld, none delivered", counts.decided());
        }
        var level = end.outcome() == RunOutcome.COMPLETED ? Logger.Level.INFO : Logger.Level.WARN;
        LOG.logf(
                level,
                "Cycle of %s ended: %s; fetched %d, admitted %d, decided %d, failed %d",
                agent.name(),
                end.skipReason() == null ? end.outcome() : end.outcome() + "(" + end.skipReason() + ")",
                counts.fetched(),
                counts.admitted(),
                counts.decided(),
                counts.failed());
    }
}
