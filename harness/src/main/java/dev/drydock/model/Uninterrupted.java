package dev.drydock.model;

import java.util.function.Supplier;

/** Does what must be done in a thread that was told to stop; told so afterwards again. */
final class Uninterrupted {

    private Uninterrupted() {}

    /** An interrupt would cut the connection to the database in the middle of the work. */
    static <T> T call(Supplier<T> work) {
        var interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
