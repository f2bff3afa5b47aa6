package dev.drydock.run;

import dev.drydock.journal.JournalFigures;
import dev.drydock.journal.OpenRuns;
import dev.drydock.run.RunEvent.CrashLooping;
import dev.drydock.run.RunEvent.RunCrashed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Finds the runs that dead processes have left open, and slows down an agent that crashes again and again. */
@Singleton
class CrashedRuns {

    private static final Logger LOG = Logger.getLogger(CrashedRuns.class);

    private static final int LOOP = 3;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final OpenRuns runs;
    private final JournalFigures figures;
    private final InstantSource clock;
    private final PublishRunEvents watchers;

    CrashedRuns(OpenRuns runs, JournalFigures figures, InstantSource clock, PublishRunEvents watchers) {
        this.runs = runs;
        this.figures = figures;
        this.clock = clock;
        this.watchers = watchers;
    }

    /** Closes the run that a dead process has left open, if there is one; whether there was. */
    boolean closeAsCrashed(String agent) {
        var crashed = runs.closeAsCrashed(agent);
        crashed.ifPresent(runId -> tell(agent, runId));
        return crashed.isPresent();
    }

    private void tell(String agent, UUID runId) {
        LOG.errorf(
                "A run of %s has crashed: its process ended without a word. The next cycle takes up its work", agent);
        watchers.tell(new RunCrashed(agent, runId));
        var crashes = figures.crashes(agent, clock.instant().minus(WITHIN)).size();
        if (crashes >= LOOP) {
            LOG.errorf(
                    "%s has crashed %d times in %s; its cycles wait until %s have passed since the last crash",
                    agent, crashes, WITHIN, PAUSE);
            watchers.tell(new CrashLooping(agent, crashes));
        }
    }

    /** Whether the agent crashes so often that its scheduled cycles wait a little. */
    boolean isCrashLooping(String agent) {
        var now = clock.instant();
        var crashes = figures.crashes(agent, now.minus(WITHIN));
        return crashes.size() >= LOOP && crashes.get(0).isAfter(now.minus(PAUSE));
    }
}
