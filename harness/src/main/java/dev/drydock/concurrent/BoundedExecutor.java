package dev.drydock.concurrent;

import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.MDC;

/**
 * Runs tasks in parallel, at most a fixed number at a time. Tasks inherit the log context and the span of the submitting
 * thread, and make progress for it. Interrupting that thread interrupts the tasks: no task outlives the wait for it.
 */
public final class BoundedExecutor {

    private final Executor executor;
    private final int number;
    private final Semaphore free;
    private final MemoryShare memory;

    /** Guards itself and {@link #interrupted}: an interrupt must not reach a thread that has gone on to other work. */
    private final Set<Thread> busy = new HashSet<>();

    private boolean interrupted;

    BoundedExecutor(Executor executor, int number, MemoryShare memory) {
        this.executor = executor;
        this.memory = memory;
        this.number = number;
        this.free = new Semaphore(number);
    }

    /** Waits until fewer tasks than the limit run, then starts this one. It must not throw. */
    public void run(Runnable work) throws InterruptedException {
        acquire(1);
        start(work, 0);
    }

    /** The same, but gives up after {@code longest}: returns whether the task was started. */
    public boolean tryRun(Runnable work, Duration longest) throws InterruptedException {
        if (!tryAcquire(1, longest)) {
            return false;
        }
        start(work, 0);
        return true;
    }

    /**
     * The same for work on so many bytes, which also waits until there is room for them in the share of memory that all
     * tasks of the process have.
     */
    public boolean tryRun(Runnable work, long bytes, Duration longest) throws InterruptedException {
        if (!tryAcquire(1, longest)) {
            return false;
        }
        var permits = 0;
        try {
            permits = memory.tryAcquire(bytes, longest);
        } catch (InterruptedException e) {
            free.release();
            interruptAll();
            throw e;
        }
        if (permits == 0) {
            free.release();
            return false;
        }
        start(work, permits);
        return true;
    }

    private void start(Runnable work, int permits) {
        var log = Map.copyOf(MDC.getMap());
        var span = Context.current();
        var progress = Watchdog.progress();
        try {
            executor.execute(() -> {
                log.forEach(MDC::put);
                Watchdog.watchedBy(progress);
                try (var scope = span.makeCurrent()) {
                    begin();
                    work.run();
                } finally {
                    end();
                    MDC.clear();
                    memory.release(permits);
                    Watchdog.unwatched();
                    free.release();
                }
            });
        } catch (RuntimeException e) {
            memory.release(permits);
            free.release();
            throw e;
        }
    }

    private void begin() {
        synchronized (busy) {
            busy.add(Thread.currentThread());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void end() {
        synchronized (busy) {
            busy.remove(Thread.currentThread());
        }
        Thread.interrupted(); // the thread may be pooled
    }

    /** Waits until all tasks have ended. If interrupted, interrupts the tasks and still waits for them. */
    public void awaitAll() throws InterruptedException {
        acquire(number);
        free.release(number);
    }

    /** The same, but gives up after {@code longest}: returns whether all tasks have ended. */
    public boolean awaitAll(Duration longest) throws InterruptedException {
        var ended = tryAcquire(number, longest);
        free.release(ended ? number : 0);
        return ended;
    }

    private boolean tryAcquire(int permits, Duration longest) throws InterruptedException {
        try {
            return free.tryAcquire(permits, longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interruptAll();
            throw e;
        }
    }

    private void acquire(int permits) throws InterruptedException {
        try {
            free.acquire(permits);
        } catch (InterruptedException e) {
            interruptAll();
            throw e;
        }
    }

    /** Interrupts all tasks and waits until they have ended. */
    public void interruptAll() {
        synchronized (busy) {
            interrupted = true;
            busy.forEach(Thread::interrupt);
        }
        free.acquireUninterruptibly(number);
        free.release(number);
    }
}
