package dev.drydock.journal;

import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.database.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Writes to the journal what must not be lost because the database is away for a moment: finished decisions, how
 * deliveries ended, the ends of runs. They wait in memory, in their order, and are written when it is back, before
 * anything else begins. What waits is lost if the process ends; its entries are then worked on again.
 */
@Singleton
public class DeferredWrites {

    private static final Logger LOG = Logger.getLogger(DeferredWrites.class);

    /** A cycle that finds the database away begins nothing more, so that each agent adds a few at most. */
    private static final int MOST = 1_000;

    private static final int AFTER_THE_WORK = 3_000;

    private record Waiting(String what, Runnable write) {}

    private final Queue<Waiting> waiting = new LinkedBlockingQueue<>(MOST);

    /** Not a monitor: one that is held while the database is asked would, on Java 21, stop other virtual threads. */
    private final ReentrantLock order = new ReentrantLock();

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.every(Duration.ofSeconds(1), "Storing what waits for the database", this::tryToFlush);
    }

    /**
     * Writes now, or as soon as the database is back; throws what a refused statement throws, or if too much waits. A write
     * whose answer was lost is done again, so it must be one that can be.
     *
     * @param what for the log
     * @return false if it waits
     */
    public boolean write(String what, Runnable write) {
        try {
            flush();
            write.run();
            return true;
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            if (!later(what, write)) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Writes as soon as the database is back.
     *
     * @return false if too much waits
     */
    boolean later(String what, Runnable write) {
        if (!waiting.offer(new Waiting(what, write))) {
            return false;
        }
        LOG.warnf("Database unavailable: %s is kept in memory and stored when the connection is back", what);
        return true;
    }

    /** How many writes wait for the database. */
    public int waiting() {
        return waiting.size();
    }

    /** Writes what waits; throws, as any use of the database does, if that is still away. */
    public void flush() {
        order.lock();
        try {
            for (var first = waiting.peek(); first != null; first = waiting.peek()) {
                store(first);
                waiting.remove();
            }
        } finally {
            order.unlock();
        }
    }

    private static void store(Waiting first) {
        try {
            first.write().run();
            LOG.infof("Database available again: stored %s", first.what());
        } catch (RuntimeException e) {
            if (Database.isUnavailable(e)) {
                throw e;
            }
            LOG.errorf(e, "The database rejected %s; its entries are processed again", first.what());
        }
    }

    private void tryToFlush() {
        try {
            flush();
        } catch (RuntimeException e) {
            LOG.debug("Database still unavailable", e);
        }
    }

    void stop(@Observes @Priority(AFTER_THE_WORK) ShutdownEvent event) {
        tryToFlush();
        if (!waiting.isEmpty()) {
            LOG.errorf(
                    "The process stops while the database is unavailable: %d writes are lost, and their entries are processed again",
                    waiting.size());
        }
    }
}
