package dev.drydock.concurrent;

import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jboss.logging.MDC;

/** Runs pieces of work side by side, as many as there are lanes. The log context and the span of the starting thread go along. */
public final class Lanes {

    private final Executor executor;
    private final int number;
    private final Semaphore free;

    Lanes(Executor executor, int number) {
        this.executor = executor;
        this.number = number;
        this.free = new Semaphore(number);
    }

    /** Waits for a free lane, then starts the work there. The work must not throw. */
    public void run(Runnable work) throws InterruptedException {
        free.acquire();
        var log = Map.copyOf(MDC.getMap());
        var span = Context.current();
        try {
            executor.execute(() -> {
                log.forEach(MDC::put);
                try (var scope = span.makeCurrent()) {
                    work.run();
                } finally {
                    MDC.clear();
                    free.release();
                }
            });
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
    }

    /** Waits until all work has ended. */
    public void awaitAll() throws InterruptedException {
        free.acquire(number);
        free.release(number);
    }
}
