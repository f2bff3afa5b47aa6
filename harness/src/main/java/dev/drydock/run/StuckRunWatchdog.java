package dev.drydock.run;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.journal.RunResult;
import dev.drydock.run.RunEvent.RunStuck;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Interrupts cycles that take far longer than usual. If one does not end then, the process exits, so that the platform
 * restarts it. Time is elapsed time: a suspend of the machine does not count.
 */
@Singleton
public class StuckRunWatchdog {

    private static final Logger LOG = Logger.getLogger(StuckRunWatchdog.class);

    /** The watchdog checks each second; this much later, it has failed. */
    private static final Duration LATE = Duration.ofSeconds(5);

    private final RunLimits limits;
    private final Event<RunEvent> events;
    private final HaltProcess halt;
    private final GracefulShutdown shutdown;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    StuckRunWatchdog(RunLimits limits, Event<RunEvent> events, HaltProcess halt, GracefulShutdown shutdown) {
        this.limits = limits;
        this.events = events;
        this.halt = halt;
        this.shutdown = shutdown;
    }

    /** Watches the calling thread, which runs a cycle, until the watch is closed. */
    Watch watch(String agent, UUID runId) {
        var watch = new Watch(agent, runId, limits.limit(agent));
        watches.add(watch);
        return watch;
    }

    /** Whether a run should have ended the process by now and has not: then only a restart from outside helps. */
    public boolean isPowerless() {
        return watches.stream().anyMatch(Watch::outlivesItsLimit);
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.every(Duration.ofSeconds(1), "look for stuck runs", this::check);
    }

    private void check() {
        watches.forEach(Watch::check);
    }

    /** Held by a cycle while it runs. */
    final class Watch implements AutoCloseable {

        private final String agent;
        private final UUID runId;
        private final Duration limit;
        private final Thread thread = Thread.currentThread();
        private final long startedNanos = System.nanoTime();
        private volatile boolean stuck;
        private boolean closed;

        private Watch(String agent, UUID runId, Duration limit) {
            this.agent = agent;
            this.runId = runId;
            this.limit = limit;
        }

        /** Whether the process is shutting down, so that the cycle should end soon. */
        boolean isStopRequested() {
            return shutdown.stopping();
        }

        /** The result of the cycle: STUCK if the watchdog interrupted it. */
        RunResult resultOf(RunResult result) {
            Thread.interrupted(); // an interruption that the cycle did not notice must not disturb the storing of its
            // result
            return stuck ? result.stuckAfter(limit) : result;
        }

        private synchronized void check() {
            var taken = taken();
            if (closed || taken.compareTo(limit) < 0) {
                return;
            }
            if (!stuck) {
                stuck = true;
                LOG.errorf(
                        "Run %s of agent %s is stuck: it runs for longer than %s and is interrupted. Stack: %s",
                        runId, agent, limit, Arrays.toString(thread.getStackTrace()));
                thread.interrupt();
                events.fire(new RunStuck(agent, runId, limit));
            } else if (taken.compareTo(limit.plus(limits.grace())) > 0) {
                LOG.errorf(
                        "Run %s of agent %s did not end when interrupted; the process exits with code %d",
                        runId, agent, HaltProcess.STUCK);
                halt.halt(HaltProcess.STUCK);
            }
        }

        private Duration taken() {
            return Duration.ofNanos(System.nanoTime() - startedNanos);
        }

        private boolean outlivesItsLimit() {
            return taken().compareTo(limit.plus(limits.grace()).plus(LATE)) > 0;
        }

        @Override
        public void close() {
            watches.remove(this);
            synchronized (this) {
                closed = true;
            }
            Thread.interrupted();
        }
    }
}
