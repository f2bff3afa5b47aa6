package dev.drydock.concurrent;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Does small work again and again. Time is that which passes, not the clock's: a clock that is set back or forth neither
 * stops a timer nor makes it race.
 */
@Singleton
public class Timers {

    private static final Logger LOG = Logger.getLogger(Timers.class);

    private final Threads threads;
    private final GracefulShutdown underWay;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(Timers::thread);
    private volatile long turnedAtNanos = System.nanoTime();

    Timers(Threads threads, GracefulShutdown underWay) {
        this.threads = threads;
        this.underWay = underWay;
    }

    /**
     * Does the work each time the period has passed, from one period on, until the process is asked to stop. Never two at
     * once: what takes longer than its period leaves turns out. A fault is logged, and the next turn comes all the same.
     */
    public void every(Duration period, String what, Runnable work) {
        var busy = new AtomicBoolean();
        clockwork.scheduleAtFixedRate(
                () -> turn(busy, what, work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does the work once, after the delay, unless the process was asked to stop by then. */
    public void after(Duration delay, String what, Runnable work) {
        clockwork.schedule(() -> turn(new AtomicBoolean(), what, work), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * For how long no work has been begun. The process has timers that turn each second: much longer than that means that
     * its loop is dead. A process that was asked to stop begins nothing more, and is silent for no time.
     */
    public Duration silence() {
        return underWay.stopping() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - turnedAtNanos);
    }

    /** In the one thread of all timers, so it only hands on. */
    private void turn(AtomicBoolean busy, String what, Runnable work) {
        if (underWay.stopping() || !busy.compareAndSet(false, true)) {
            return;
        }
        threads.start(() -> {
            turnedAtNanos = System.nanoTime();
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s failed; it is tried again at its next turn", what);
            } finally {
                busy.set(false);
            }
        });
    }

    @PreDestroy
    void stop() {
        clockwork.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "timers");
        thread.setDaemon(true);
        return thread;
    }
}
