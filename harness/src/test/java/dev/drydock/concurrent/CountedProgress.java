package dev.drydock.concurrent;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the progress of a watched thread, in front of its watchdog. */
public final class CountedProgress {

    private final AtomicInteger made = new AtomicInteger();

    /** Called by the watched thread: from now on, its progress is counted. */
    public void count() {
        var watchdog = Watchdog.progress();
        Watchdog.watchedBy(() -> {
            made.incrementAndGet();
            watchdog.run();
        });
    }

    public int made() {
        return made.get();
    }
}
