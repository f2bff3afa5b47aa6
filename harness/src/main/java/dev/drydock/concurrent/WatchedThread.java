package dev.drydock.concurrent;

import org.jspecify.annotations.Nullable;

/** Tells the {@link Watchdog} that work goes on. A task of a {@link BoundedExecutor} tells it for the thread that started it. */
public final class WatchedThread {

    private static final ThreadLocal<@Nullable Runnable> WATCH = new ThreadLocal<>();

    private WatchedThread() {}

    /** The calling thread's work has moved on: a page was read, an entry decided, an output delivered. Cheap. */
    public static void progressed() {
        progress().run();
    }

    /** To be run by any thread when the calling thread's work has moved on. */
    static Runnable progress() {
        var watch = WATCH.get();
        return watch == null ? () -> {} : watch;
    }

    /** From now on, {@link #progressed} in the calling thread runs this. */
    static void watchedBy(Runnable progress) {
        WATCH.set(progress);
    }

    /** The calling thread is no longer watched. */
    static void unwatched() {
        WATCH.remove();
    }
}
