package dev.drydock.concurrent;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** Threads that begin their work when a test lets them. */
public final class HeldThreads extends Threads {

    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

    public HeldThreads() {
        super(Executors.newCachedThreadPool());
    }

    @Override
    public void start(Runnable work) {
        held.add(work);
    }

    public void begin() {
        held.forEach(super::start);
    }
}
