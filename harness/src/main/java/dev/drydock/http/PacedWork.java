package dev.drydock.http;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work, such as one delivery, whose turn is taken before it is known what it sends. Held by the thread that does
 * it, so that a request far down in an agent's code uses that turn.
 */
public final class PacedWork {

    private static final ThreadLocal<@Nullable PacedWork> CURRENT = new ThreadLocal<>();

    private @Nullable RequestPace turn;
    private @Nullable RequestPace met;

    /** @param turn the pace by which a turn was taken for this work; null if none was */
    public PacedWork(@Nullable RequestPace turn) {
        this.turn = turn;
    }

    /** Does the work in the calling thread. */
    public <T> T call(Callable<T> work) throws Exception {
        var outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.call();
        } finally {
            CURRENT.set(outer);
        }
    }

    /** The pace of the first request that the work made; empty if it made none through a ready-made channel. */
    public Optional<RequestPace> met() {
        return Optional.ofNullable(met);
    }

    /** Whether the work of this thread holds a turn of this pace. It is used up by that. */
    static boolean useTurn(RequestPace pace) {
        var work = CURRENT.get();
        if (work == null) {
            return false;
        }
        work.met = work.met == null ? pace : work.met;
        var holds = work.turn == pace;
        work.turn = holds ? null : work.turn;
        return holds;
    }
}
