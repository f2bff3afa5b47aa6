package dev.drydock.concurrent;

import io.quarkus.runtime.ImageMode;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that work on entries: virtual ones where the Java machine has them (from 21 on), and none in a native
 * executable, where a virtual thread is sometimes not woken when the answer that it waits for has come.
 *
 * @see <a href="https://github.com/oracle/graal/issues/13787">what keeps it asleep</a>
 */
@Singleton
public class Threads {

    private static final AtomicInteger STARTED = new AtomicInteger();

    private final ExecutorService executor;

    Threads(@VirtualThreads ExecutorService virtual) {
        this.executor =
                ImageMode.current().isNativeImage() ? Executors.newCachedThreadPool(Threads::ofPlatform) : virtual;
    }

    /** For work of which {@code number} pieces may be under way at a time. */
    public BoundedExecutor lanes(int number) {
        return new BoundedExecutor(executor, number);
    }

    /**
     * Starts a piece of work and does not wait for it. It inherits nothing from the thread that starts it: with the
     * platform's context of a request or of a timer, all that it starts in turn would share one log context and one span.
     */
    public void start(Runnable work) {
        ForkJoinPool.commonPool().execute(() -> executor.execute(work));
    }

    private static Thread ofPlatform(Runnable work) {
        var thread = new Thread(work, "work-" + STARTED.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
