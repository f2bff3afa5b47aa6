package dev.drydock.concurrent;

import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jboss.logging.MDC;

/**
 * Runs tasks in parallel, at most a fixed number at a time. Tasks inherit the log context and the span of the submitting
 * thread. Interrupting that thread interrupts the tasks: no task outlives the wait for it.
 */
public final class BoundedExecutor {

    private final Executor executor;
    private final int number;
    private final Semaphore free;
    private final Set<Thread> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean interrupted;

    BoundedExecutor(Executor executor, int number) {
        this.executor = executor;
        this.number = number;
        this.free = new Semaphore(number);
    }

    /** Waits until fewer tasks than the limit run, then starts this one. It must not throw. */
    public void run(Runnable work) throws InterruptedException {
        acquire(1);
        var log = Map.copyOf(MDC.getMap());
        var span = Context.current();
        try {
            executor.execute(() -> {
                log.forEach(MDC::put);
                try (var scope = span.makeCurrent()) {
                    busy.add(Thread.currentThread());
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    work.run();
                } finally {
                    busy.remove(Thread.currentThread());
                    Thread.interrupted(); // the thread may be pooled
                    MDC.clear();
                    free.release();
                }
            });
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
    }

    /** Waits until all tasks have ended. If interrupted, interrupts the tasks and still waits for them. */
    public void awaitAll() throws InterruptedException {
        acquire(number);
        free.release(number);
    }

    private void acquire(int permits) throws InterruptedException {
        try {
            free.acquire(permits);
        } catch (InterruptedException e) {
            interrupted = true;
            busy.forEach(Thread::interrupt);
            free.acquireUninterruptibly(number);
            free.release(number);
            throw e;
        }
    }
}
