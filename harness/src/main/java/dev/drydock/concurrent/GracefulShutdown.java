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

/** Knows what is under way, so that a stopping process can let it end: first in peace, then by interrupting it. */
@Singleton
public class GracefulShutdown {

    private static final Logger LOG = Logger.getLogger(GracefulShutdown.class);

    /** To write down how far an interrupted piece of work came. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    /** Held by a piece of work while it runs. */
    public final class Pass implements AutoCloseable {

        private final Thread thread = Thread.currentThread();

        private Pass() {
            passes.add(this);
            running.register();
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

    /** Called by the thread that does the work. */
    public Pass enter() {
        return new Pass();
    }

    /** True once the process was asked to stop: begin nothing more. */
    public boolean stopping() {
        return stopping;
    }

    /**
     * Asks all work to end and waits for it; after the grace it is interrupted. To be called while the process still
     * answers probes: it is alive as long as it works, and not ready. The second call finds nothing left to wait for.
     */
    public synchronized void end() throws InterruptedException {
        if (stopping) {
            return;
        }
        stopping = true;
        if (!ended(running.arrive(), grace)) {
            LOG.warnf(
                    "Not all work ended within %d s; it is interrupted, and what it holds is given back",
                    grace.toSeconds());
            passes.forEach(pass -> pass.thread.interrupt());
            if (!ended(running.getPhase(), LAST_WORDS)) {
                LOG.warn("Some work does not even end when interrupted; its run will count as crashed");
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
