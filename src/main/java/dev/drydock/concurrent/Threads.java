package dev.drydock.concurrent;

import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;

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

    /** Starts a piece of work and does not wait for it. */
    public void start(Runnable work) {
        executor.execute(work);
    }
}
