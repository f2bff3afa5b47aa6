package dev.drydock.concurrent;

import dev.drydock.config.DrydockConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts work that makes no progress for too long. If it does not end then, the process exits, so that the
 * platform restarts it. Time is elapsed time: a suspend of the machine does not count. A task of a {@link BoundedExecutor} makes
 * progress for the thread that started it.
 */
@Singleton
public class Watchdog {

    private static final Logger LOG = Logger.getLogger(Watchdog.class);

    /** The watchdog checks each second; this much later, it has failed. */
    private static final Duration LATE = Duration.ofSeconds(5);

    /** Of a thread that is watched, or that works for one. */
    private static final ThreadLocal<@Nullable Runnable> PROGRESS = new ThreadLocal<>();

    private final Duration grace;
    private final HaltProcess halt;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    Watchdog(DrydockConfig config, HaltProcess halt) {
        this.grace = config.stuck().grace();
        this.halt = halt;
    }

    /**
     * Watches the calling thread until the watch is closed.
     *
     * @param what for the log: {@code Run 4711 of agent triage}
     * @param limit the work may make no progress for so long
     * @param stuck called once, by another thread, when the work was interrupted
     */
    public Watch watch(String what, Duration limit, Runnable stuck) {
        var watch = new Watch(what, limit, stuck);
        watches.add(watch);
        watchedBy(watch::progress);
        return watch;
    }

    /** The calling thread's work has moved on: a page was read, an entry decided, an output delivered. Cheap. */
    public static void progressed() {
        progress().run();
    }

    /** To be run by any thread when the calling thread's work has moved on. */
    static Runnable progress() {
        var progress = PROGRESS.get();
        return progress == null ? () -> {} : progress;
    }

    /** From now on, {@link #progressed} in the calling thread runs this. */
    static void watchedBy(Runnable progress) {
        PROGRESS.set(progress);
    }

    /** The calling thread is no longer watched. */
    static void unwatched() {
        PROGRESS.remove();
    }

    /** Whether stuck work should have ended the process by now and has not: then only a restart from outside helps. */
    public boolean isPowerless() {
        return watches.stream().anyMatch(Watch::outlivesItsLimit);
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.every(Duration.ofSeconds(1), "look for stuck work", () -> watches.forEach(Watch::check));
    }

    /** Held by work while it runs. */
    public final class Watch implements AutoCloseable {

        private final String what;
        private final Duration limit;
        private final Runnable whenStuck;
        private final Thread thread = Thread.currentThread();
        private volatile long progressAtNanos = System.nanoTime();
        private volatile boolean stuck;
        private boolean closed;

        private Watch(String what, Duration limit, Runnable whenStuck) {
            this.what = what;
            this.limit = limit;
            this.whenStuck = whenStuck;
        }

        /** Whether the work was interrupted because it made no progress. */
        public boolean isStuck() {
            return stuck;
        }

        private void progress() {
            if (!stuck) { // what was interrupted has to end
                progressAtNanos = System.nanoTime();
            }
        }

        private synchronized void check() {
            var silence = silence();
            if (closed || silence.compareTo(limit) < 0) {
                return;
            }
            if (!stuck) {
                stuck = true;
                LOG.errorf(
                        "%s is stuck: it has made no progress for %s and is interrupted. Stack: %s",
                        what, limit, Arrays.toString(thread.getStackTrace()));
                thread.interrupt();
                whenStuck.run();
            } else if (silence.compareTo(limit.plus(grace)) > 0) {
                LOG.errorf("%s did not end when interrupted; the process exits with code %d", what, HaltProcess.STUCK);
                halt.halt(HaltProcess.STUCK);
            }
        }

        private Duration silence() {
            return Duration.ofNanos(System.nanoTime() - progressAtNanos);
        }

        private boolean outlivesItsLimit() {
            return silence().compareTo(limit.plus(grace).plus(LATE)) > 0;
        }

        @Override
        public void close() {
            watches.remove(this);
            unwatched();
            synchronized (this) {
                closed = true;
            }
            Thread.interrupted();
        }
    }

    /** Exits the process at once, without shutdown hooks: what hangs is not waited for. */
    @ApplicationScoped
    public static class HaltProcess {

        /** EX_SOFTWARE of sysexits.h: platforms restart a process that ends so. */
        public static final int STUCK = 70;

        public void halt(int exitCode) {
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
