package dev.drydock.concurrent;

import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;

/** The threads that work on entries: virtual ones where the Java machine has them (from 21 on). */
@Singleton
public class Threads {

    private final ExecutorService executor;

    Threads(@VirtualThreads ExecutorService executor) {
        this.executor = executor;
    }

    /** For work of which {@code number} pieces may be under way at a time. */
    public Lanes lanes(int number) {
        return new Lanes(executor, number);
    }

    /**
     * Starts a piece of work and does not wait for it. It inherits nothing from the thread that starts it: with the
     * platform's context of a request or of a timer, all that it starts in turn would share one log context and one span.
     */
    public void start(Runnable work) {
        ForkJoinPool.commonPool().execute(() -> executor.execute(work));
    }
}
