package dev.drydock.run;

import dev.drydock.journal.JournalFigures;
import dev.drydock.journal.RunLeases;
import dev.drydock.run.RunEvent.RunCrashed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Closes runs whose process died, and detects crash loops: the scheduled cycles of such an agent wait. */
@Singleton
class CrashedRuns {

    private static final Logger LOG = Logger.getLogger(CrashedRuns.class);

    private static final int LOOP = 3;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final RunLeases leases;
    private final JournalFigures figures;
    private final InstantSource clock;
    private final PublishRunEvents events;

    CrashedRuns(RunLeases leases, JournalFigures figures, InstantSource clock, PublishRunEvents events) {
        this.leases = leases;
        this.figures = figures;
        this.clock = clock;
        this.events = events;
    }

    /** Closes the agent's open run as crashed if its lease has expired; returns whether it had. */
    boolean closeAsCrashed(String agent) {
        var crashed = leases.closeExpired(agent);
        crashed.ifPresent(runId -> publish(agent, runId));
        return crashed.isPresent();
    }

    private void publish(String agent, UUID runId) {
        LOG.errorf(
                "Run %s of agent %s crashed: its lease expired; the next cycle resumes its open entries", runId, agent);
        events.publish(new RunCrashed(agent, runId));
        var crashes = figures.crashes(agent, clock.instant().minus(WITHIN)).size();
        if (crashes >= LOOP) {
            LOG.errorf(
                    "Agent %s is in a crash loop: %d crashes within %s; its scheduled cycles are skipped for %s after the last crash",
                    agent, crashes, WITHIN, PAUSE);
        }
    }

    /** Whether the agent's scheduled cycles are to be skipped: after three crashes within ten minutes, for five minutes. */
    boolean isCrashLooping(String agent) {
        var now = clock.instant();
        var crashes = figures.crashes(agent, now.minus(WITHIN));
        return crashes.size() >= LOOP && crashes.get(0).isAfter(now.minus(PAUSE));
    }
}
