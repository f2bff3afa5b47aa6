package dev.drydock.run;

import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.journal.RunEnd;
import dev.drydock.journal.RunOutcome;
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
 * Ends cycles that take far longer than usual: interrupts them, and if one does not end even then, ends the process, so
 * that the platform starts it anew. Time is counted while the machine is awake.
 */
@Singleton
public class StuckRunWatchdog {

    private static final Logger LOG = Logger.getLogger(StuckRunWatchdog.class);

    /** For its own last look. */
    private static final Duration LATE = Duration.ofSeconds(5);

    private final RunLimits limits;
    private final Event<RunEvent> events;
    private final HaltProcess halt;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    StuckRunWatchdog(RunLimits limits, Event<RunEvent> events, HaltProcess halt) {
        this.limits = limits;
        this.events = events;
        this.halt = halt;
    }

    /** Watches the calling thread, which runs a cycle, until the watch is closed. */
    Watch watch(String agent, UUID runId) {
        var watch = new Watch(agent, runId, limits.limit(agent));
        watches.add(watch);
        return watch;
    }

    /** Whether a cycle runs that should have ended, or have ended the process: then only somebody outside can end it. */
    public boolean isPowerless() {
        return watches.stream().anyMatch(Watch::outlivesItsLimit);
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.every(Duration.ofSeconds(1), "Looking for stuck cycles", this::look);
    }

    private void look() {
        watches.forEach(Watch::look);
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

        /** The end of the cycle as it was, or as STUCK if it took too long. */
        RunEnd judge(RunEnd end) {
            Thread.interrupted(); // one that the cycle has not felt must not disturb the storing of its end
            return stuck
                    ? new RunEnd(
                            RunOutcome.STUCK,
                            null,
                            "interrupted after %s; what is open waits for the next cycle".formatted(limit),
                            null,
                            end.counts())
                    : end;
        }

        private synchronized void look() {
            var taken = taken();
            if (closed || taken.compareTo(limit) < 0) {
                return;
            }
            if (!stuck) {
                stuck = true;
                LOG.errorf(
                        "The cycle of %s is stuck: it runs for longer than %s, and is interrupted now. It stands at %s",
                        agent, limit, Arrays.toString(thread.getStackTrace()));
                thread.interrupt();
                events.fire(new RunStuck(agent, runId, limit));
            } else if (taken.compareTo(limit.plus(limits.grace())) > 0) {
                LOG.errorf(
                        "The cycle of %s does not end; the process does, with exit code %d", agent, HaltProcess.STUCK);
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
