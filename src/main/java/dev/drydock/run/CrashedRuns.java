package dev.drydock.run;

import dev.drydock.journal.JournalFigures;
import dev.drydock.journal.OpenRuns;
import dev.drydock.run.RunEvent.CrashLooping;
import dev.drydock.run.RunEvent.RunCrashed;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
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
    private final Event<RunEvent> events;

    CrashedRuns(OpenRuns runs, JournalFigures figures, InstantSource clock, Event<RunEvent> events) {
        this.runs = runs;
        this.figures = figures;
        this.clock = clock;
        this.events = events;
    }

    /** Closes the run that a dead process has left open, if there is one; whether there was. */
    boolean bury(String agent) {
        if (!runs.bury(agent)) {
            return false;
        }
        LOG.errorf(
                "A run of %s has crashed: its process ended without a word. The next cycle takes up its work", agent);
        events.fire(new RunCrashed(agent));
        var crashes = figures.crashes(agent, clock.instant().minus(WITHIN)).size();
        if (crashes >= LOOP) {
            LOG.errorf(
                    "%s has crashed %d times in %s; its cycles wait until %s have passed since the last crash",
                    agent, crashes, WITHIN, PAUSE);
            events.fire(new CrashLooping(agent, crashes));
        }
        return true;
    }

    /** Whether the agent crashes so often that its scheduled cycles wait a little. */
    boolean holdsBack(String agent) {
        var now = clock.instant();
        var crashes = figures.crashes(agent, now.minus(WITHIN));
        return crashes.size() >= LOOP && crashes.get(0).isAfter(now.minus(PAUSE));
    }
}
