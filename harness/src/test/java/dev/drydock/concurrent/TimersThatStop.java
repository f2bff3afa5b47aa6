package dev.drydock.concurrent;

import dev.drydock.TestSettings;
import io.quarkus.runtime.ShutdownEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The timers of a process, with what it takes to break them. */
public final class TimersThatStop implements AutoCloseable {

    private static final int THREADS = 2;

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    private final GracefulShutdown underWay = new GracefulShutdown(TestSettings.of(Map.of("drydock.shutdown-grace", "PT1S")));
    private final Timers timers = new Timers(new Threads(executor), underWay);

    public TimersThatStop() {
        timers.every(Duration.ofMillis(20), "A small piece of work", () -> {});
    }

    public Timers timers() {
        return timers;
    }

    public GracefulShutdown underWay() {
        return underWay;
    }

    /** The clockwork stops. */
    public void stop() {
        timers.stop();
    }

    /** The clockwork goes on, but all threads that work are taken for good. */
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

    /** The process is asked to stop. */
    public void terminate() throws InterruptedException {
        underWay.stop(new ShutdownEvent());
    }

    @Override
    public void close() {
        timers.stop();
        executor.shutdownNow();
    }
}
