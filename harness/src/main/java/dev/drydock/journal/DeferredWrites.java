package dev.drydock.journal;

import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
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
 * Writes that must survive an outage of the database, also one that answers and refuses to write: decisions, results of
 * deliveries, ends of runs. They wait in
 * memory, in their order, and are stored when the database is back, before anything else starts. If the process ends
 * before, they are lost, and their entries are processed again.
 */
@Singleton
public class DeferredWrites {

    private static final Logger LOG = Logger.getLogger(DeferredWrites.class);

    /** Enough: a cycle starts no new work while the database is unavailable, so each agent adds only a few writes. */
    private static final int CAPACITY = 1_000;

    private static final int AFTER_THE_WORK = 3_000;

    private record Waiting(String what, Runnable write) {}

    private final Queue<Waiting> waiting = new LinkedBlockingQueue<>(CAPACITY);

    /** Not a monitor: on Java 21, a monitor held during a query pins the carrier threads of virtual threads. */
    private final ReentrantLock order = new ReentrantLock();

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.every(Duration.ofSeconds(1), "Deferred writes", this::tryToFlush);
    }

    /**
     * Writes now, or when the database is back. Throws the exception of a rejected statement, or if the queue is full. The
     * write must be idempotent: it is repeated if its response was lost.
     *
     * @param what for the log
     * @return false if it waits
     */
    public boolean write(String what, Runnable write) {
        try {
            flush();
            run(write);
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
        LOG.warnf("Database unavailable; kept in memory until it is available: %s", what);
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
            run(first.write());
            LOG.infof("Database available again: stored %s", first.what());
        } catch (RuntimeException e) {
            if (Database.isUnavailable(e)) {
                throw e;
            }
            LOG.errorf(e, "The database rejected %s; its entries are processed again", first.what());
        }
    }

    private static void run(Runnable write) {
        try {
            RetryConflicts.Repeat.call(() -> {
                write.run();
                return true;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a Runnable throws no checked exception", e);
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
