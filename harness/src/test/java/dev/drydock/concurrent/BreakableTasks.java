package dev.drydock.concurrent;

import dev.drydock.TestSettings;
import io.quarkus.runtime.ShutdownEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The periodic tasks of a process, with what it takes to break them. */
public final class BreakableTasks implements AutoCloseable {

    private static final int THREADS = 2;

    /** Discards what starts after {@link #close}: an exception in the common pool would fail each test beside it that waits. */
    private final ExecutorService executor = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            new ThreadPoolExecutor.DiscardPolicy());

    private final GracefulShutdown underWay =
            new GracefulShutdown(TestSettings.of(Map.of("drydock.shutdown-grace", "PT1S")));
    private final PeriodicTasks tasks = new PeriodicTasks(new Threads(executor), underWay);

    public BreakableTasks() {
        tasks.every(Duration.ofMillis(20), "short task", () -> {});
    }

    public PeriodicTasks tasks() {
        return tasks;
    }

    public GracefulShutdown underWay() {
        return underWay;
    }

    /** The timer stops. */
    public void stop() {
        tasks.stop();
    }

    /** The timer goes on, but all worker threads are blocked for good. */
    public void takeAllThreads() {
        for (int thread = 0; thread < THREADS; thread++) {
            executor.execute(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** A task of this name throws this whenever it runs. */
    public void addFailing(String name, Supplier<? extends Throwable> fault) {
        tasks.every(Duration.ofMillis(200), name, () -> BreakableTasks.<RuntimeException>sneak(fault.get()));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable fault) throws T {
        throw (T) fault;
    }

    /** The process is asked to stop. */
    public void terminate() throws InterruptedException {
        underWay.stop(new ShutdownEvent());
    }

    @Override
    public void close() {
        tasks.stop();
        executor.shutdownNow();
    }
}
