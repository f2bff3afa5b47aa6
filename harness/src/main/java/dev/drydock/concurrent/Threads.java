package dev.drydock.concurrent;

import io.quarkus.runtime.ImageMode;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that process entries: virtual threads on a JVM from Java 21 on, platform threads in a native executable, where a
 * virtual thread sometimes does not wake up when the response that it waits for arrives.
 *
 * @see <a href="https://github.com/oracle/graal/issues/13787">the cause</a>
 */
@Singleton
public class Threads {

    private static final AtomicInteger STARTED = new AtomicInteger();

    private final ExecutorService executor;
    private final MemoryShare memory = new MemoryShare(Runtime.getRuntime().maxMemory());

    Threads(@VirtualThreads ExecutorService virtual) {
        this.executor =
                ImageMode.current().isNativeImage() ? Executors.newCachedThreadPool(Threads::ofPlatform) : virtual;
    }

    /** An executor that runs at most {@code number} tasks at a time. */
    public BoundedExecutor bounded(int number) {
        return new BoundedExecutor(executor, number, memory);
    }

    /**
     * Starts work and does not wait for it. It inherits no context: with that of a request or a scheduler job, everything that
     * it starts would share one log context and one span.
     */
    public void start(Runnable work) {
        ForkJoinPool.commonPool().execute(() -> executor.execute(() -> runAsApplication(work)));
    }

    /** The thread has the class loader of the common pool, which in a jar and in dev mode sees no class of the application. */
    private static void runAsApplication(Runnable work) {
        Thread.currentThread().setContextClassLoader(Threads.class.getClassLoader());
        work.run();
    }

    private static Thread ofPlatform(Runnable work) {
        var thread = new Thread(work, "work-" + STARTED.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
