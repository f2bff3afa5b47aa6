package dev.drydock.run;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.concurrent.Watchdog;
import dev.drydock.journal.RunResult;
import dev.drydock.run.RunEvent.RunStuck;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;

/** Has cycles watched: one that makes no progress for far longer than its agent's cycles usually take is stuck. */
@Singleton
class StuckRunWatchdog {

    private final RunLimits limits;
    private final Event<RunEvent> events;
    private final Watchdog watchdog;
    private final GracefulShutdown shutdown;

    StuckRunWatchdog(RunLimits limits, Event<RunEvent> events, Watchdog watchdog, GracefulShutdown shutdown) {
        this.limits = limits;
        this.events = events;
        this.watchdog = watchdog;
        this.shutdown = shutdown;
    }

    /** Watches the calling thread, which runs a cycle, until the watch is closed. */
    Watch watch(String agent, UUID runId) {
        return new Watch(agent, runId, limits.limit(agent));
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
