package dev.drydock.run;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.concurrent.Watchdog;
import dev.drydock.config.DrydockConfig;
import dev.drydock.database.Database;
import dev.drydock.journal.JournalFigures;
import dev.drydock.journal.RunResult;
import dev.drydock.run.RunEvent.RunStuck;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;

/**
 * Has cycles watched: one is stuck that makes no progress for ten times the median of its agent's recent cycles, at least for {@code
 * drydock.stuck.floor}.
 */
@Singleton
class StuckRunWatchdog {

    private static final int FACTOR = 10;

    private final JournalFigures figures;
    private final DrydockConfig.Stuck config;
    private final Event<RunEvent> events;
    private final Watchdog watchdog;
    private final GracefulShutdown shutdown;

    StuckRunWatchdog(
            JournalFigures figures,
            DrydockConfig config,
            Event<RunEvent> events,
            Watchdog watchdog,
            GracefulShutdown shutdown) {
        this.figures = figures;
        this.config = config.stuck();
        this.events = events;
        this.watchdog = watchdog;
        this.shutdown = shutdown;
    }

    /** How long a cycle of the agent may make no progress. While the database is unavailable, the minimum applies. */
    Duration limit(String agent) {
        try {
            var usual = figures.usualDuration(agent).orElse(Duration.ZERO).multipliedBy(FACTOR);
            return usual.compareTo(config.floor()) > 0 ? usual : config.floor();
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            return config.floor();
        }
    }

    /** A stuck cycle that has not ended this long after it was interrupted ends the process. */
    Duration grace() {
        return config.grace();
    }

    /** Watches the calling thread, which runs a cycle, until the watch is closed. */
    Watch watch(String agent, UUID runId) {
        return new Watch(agent, runId, limit(agent));
    }

    /** Held by a cycle while it runs. */
    final class Watch implements AutoCloseable {

        private final Duration limit;
        private final Watchdog.Watch watch;

        private Watch(String agent, UUID runId, Duration limit) {
            this.limit = limit;
            this.watch = watchdog.watch(
                    "Run %s of agent %s".formatted(runId, agent),
                    limit,
                    () -> events.fire(new RunStuck(agent, runId, limit)));
        }

        /** Whether the process is shutting down, so that the cycle should end soon. */
        boolean isStopRequested() {
            return shutdown.stopping();
        }

        /** The result of the cycle: STUCK if the watchdog interrupted it. */
        RunResult resultOf(RunResult result) {
            // an interruption that the cycle did not notice must not disturb the storing of its result
            Thread.interrupted();
            return watch.isStuck() ? result.stuckAfter(limit) : result;
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
