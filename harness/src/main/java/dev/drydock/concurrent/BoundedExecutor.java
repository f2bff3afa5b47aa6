package dev.drydock.concurrent;

import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jboss.logging.MDC;

/**
 * Runs pieces of work side by side, as many as there are lanes. The log context and the span of the starting thread go
 * along, and so does an interruption: no work outlives the thread that waits for it.
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

    /** Waits for a free lane, then starts the work there. The work must not throw. */
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
                    Thread.interrupted(); // the thread may be lent to others
                    MDC.clear();
                    free.release();
                }
            });
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
    }

    /** Waits until all work has ended; if interrupted, interrupts the work, and waits all the same. */
    public void awaitAll() throws InterruptedException {
        acquire(number);
        free.release(number);
    }

    private void acquire(int lanes) throws InterruptedException {
        try {
            free.acquire(lanes);
        } catch (InterruptedException e) {
            interrupted = true;
            busy.forEach(Thread::interrupt);
            free.acquireUninterruptibly(number);
            free.release(number);
            throw e;
        }
    }
}
