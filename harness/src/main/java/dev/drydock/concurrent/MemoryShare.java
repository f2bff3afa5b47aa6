package dev.drydock.concurrent;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many bytes of items are worked on at the same time to a share of the heap, because the work takes about ten times an
 * item's size: as a text, as a prompt, as a request, masked. An item that is larger than the share is worked on alone.
 */
public final class MemoryShare {

    private static final int PART_OF_HEAP = 32;
    private static final int PERMIT = 1024;

    private final int total;
    private final Semaphore free;

    MemoryShare(long heap) {
        this.total = (int) Math.max(1, Math.min(Integer.MAX_VALUE, heap / PART_OF_HEAP / PERMIT));
        this.free = new Semaphore(total, true); // fair, or small items would never let a large one begin
    }

    /** Waits until there is room: returns what to release, or 0 if there is none for {@code longest}. */
    int tryAcquire(long bytes, Duration longest) throws InterruptedException {
        var permits = (int) Math.min(total, bytes / PERMIT + 1);
        return free.tryAcquire(permits, longest.toMillis(), TimeUnit.MILLISECONDS) ? permits : 0;
    }

    void release(int permits) {
        free.release(permits);
    }
}
