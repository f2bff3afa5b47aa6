package dev.drydock.concurrent;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Runs short housekeeping tasks at fixed intervals of elapsed time, in every process: leases, the watchdog, alerts. A
 * system clock that is set back or forward does not delay them. Cycles are started by the scheduler instead.
 */
@Singleton
public class PeriodicTasks {

    private static final Logger LOG = Logger.getLogger(PeriodicTasks.class);

    private enum State {
        WAITING,
        SUBMITTED,
        RUNNING
    }

    private final Threads threads;
    private final GracefulShutdown shutdown;
    private final Collection<Task> tasks = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(PeriodicTasks::thread);

    PeriodicTasks(Threads threads, GracefulShutdown shutdown) {
        this.threads = threads;
        this.shutdown = shutdown;
    }

    /**
     * Runs the work each time the period has passed, beginning one period from now, until shutdown. Runs of one task never
     * overlap: a run that takes longer than the period skips the next ones. What it throws is logged, and the next run follows.
     */
    public void every(Duration period, String name, Runnable work) {
        var task = new Task(name, period, work);
        tasks.add(task);
        var unused =
                timer.scheduleAtFixedRate(task::submit, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs the work once, after the delay, unless the process is shutting down by then. */
    public void after(Duration delay, String name, Runnable work) {
        var unused = timer.schedule(new Task(name, delay, work)::submit, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * The periodic tasks that are dead, with the time since each last ran: no run began or ended without an {@code Error}
     * for its period and {@code tolerance} more. Empty during shutdown, when no task begins any more.
     */
    public Map<String, Duration> overdue(Duration tolerance) {
        var overdue = new TreeMap<String, Duration>();
        if (!shutdown.stopping()) {
            for (var task : tasks) {
                var silence = Duration.ofNanos(System.nanoTime() - task.aliveAtNanos);
                if (silence.compareTo(task.period.plus(tolerance)) > 0) {
                    overdue.put(task.name, silence);
                }
            }
        }
        return overdue;
    }

    private final class Task {

        private final String name;
        private final Duration period;
        private final Runnable work;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
        private volatile long aliveAtNanos = System.nanoTime();

        private Task(String name, Duration period, Runnable work) {
            this.name = name;
            this.period = period;
            this.work = work;
        }

        /** In the one thread of the timer, so that it must neither block nor throw: an exception would end the task for good. */
        private void submit() {
            if (state.get() == State.RUNNING) {
                aliveAtNanos = System.nanoTime(); // a long run is not a dead task
            }
            if (shutdown.stopping() || !state.compareAndSet(State.WAITING, State.SUBMITTED)) {
                return;
            }
            try {
                threads.start(this::run);
            } catch (Throwable e) { // an Error too, such as "unable to create native thread"
                state.set(State.WAITING);
                LOG.errorf(e, "Cannot start the task \"%s\"; the next attempt follows in %s", name, period);
            }
        }

        private void run() {
            state.set(State.RUNNING);
            try {
                work.run();
                aliveAtNanos = System.nanoTime();
            } catch (RuntimeException e) {
                aliveAtNanos = System.nanoTime();
                LOG.errorf(e, "The task \"%s\" failed; it runs again in %s", name, period);
            } catch (Throwable e) { // counts as dead until a run ends without an Error
                LOG.errorf(e, "The task \"%s\" ended with an Error; liveness fails unless its next run succeeds", name);
            } finally {
                state.set(State.WAITING);
            }
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "periodic-tasks");
        thread.setDaemon(true);
        return thread;
    }
}
