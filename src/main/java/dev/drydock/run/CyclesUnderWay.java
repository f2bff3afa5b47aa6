package dev.drydock.run;

import dev.drydock.config.DrydockConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Knows which cycles are under way, so that a stopping process can let them end. */
@Singleton
class CyclesUnderWay {

    private static final Logger LOG = Logger.getLogger(CyclesUnderWay.class);

    /** Held by a cycle while it runs. */
    interface Pass extends AutoCloseable {

        @Override
        void close();
    }

    private final Phaser running = new Phaser(1);
    private final Duration grace;
    private volatile boolean stopping;

    CyclesUnderWay(DrydockConfig config) {
        this.grace = config.shutdownGrace();
    }

    Pass enter() {
        running.register();
        return running::arriveAndDeregister;
    }

    /** True once the process was asked to stop: take no further entry. */
    boolean stopping() {
        return stopping;
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        try {
            running.awaitAdvanceInterruptibly(running.arrive(), grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warnf("A cycle did not end within %d s; it will count as crashed", grace.toSeconds());
        }
    }
}
