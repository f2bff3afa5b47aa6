package dev.drydock.concurrent;

import dev.drydock.config.DrydockConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Lets running work end before the process does: waits for the grace period, then interrupts it. */
@Singleton
public class GracefulShutdown {

    private static final Logger LOG = Logger.getLogger(GracefulShutdown.class);

    /** For interrupted work to store its state, also on a busy machine. With the grace period it stays below a platform's 30 s. */
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

    /** Held by work while it runs. */
    public final class Pass implements AutoCloseable {

        private volatile Thread thread = Thread.currentThread();

        private Pass() {
            passes.add(this);
            running.register();
        }

        /** Called by another thread that goes on with the work. */
        public void takeOver() {
            thread = Thread.currentThread();
        }

        @Override
        public void close() {
            passes.remove(this);
            running.arriveAndDeregister();
        }
    }

    private final Phaser running = new Phaser(1);
    private final Set<Pass> passes = ConcurrentHashMap.newKeySet();
    private final Duration grace;
    private volatile boolean stopping;

    GracefulShutdown(DrydockConfig config) {
        this.grace = config.shutdownGrace();
    }

    /** Called by the thread that does the work, before it asks whether the process is {@link #stopping}: then shutdown waits for it. */
    public Pass enter() {
        return new Pass();
    }

    /** True once shutdown was requested: nothing new may begin. */
    public boolean stopping() {
        return stopping;
    }

    /**
     * Requests all work to end and waits for it; after {@code drydock.shutdown-grace} it is interrupted. To be called while the
     * process still answers probes: until the work has ended, it is live and not ready. A second call returns at once.
     */
    public synchronized void end() throws InterruptedException {
        if (stopping) {
            return;
        }
        stopping = true;
        if (!ended(running.arrive(), grace)) {
            LOG.infof(
                    "Work still runs after the grace period of %d s (DRYDOCK_SHUTDOWN_GRACE); it is interrupted, and the next start goes on with it",
                    grace.toSeconds());
            passes.forEach(pass -> pass.thread.interrupt());
            if (!ended(running.getPhase(), AFTER_INTERRUPT)) {
                LOG.warn("Work did not end when interrupted; its run will count as crashed");
            }
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        end();
    }

    private boolean ended(int phase, Duration patience) throws InterruptedException {
        try {
            running.awaitAdvanceInterruptibly(phase, patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
