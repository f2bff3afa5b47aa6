package dev.drydock.concurrent;

import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** What interrupted threads must and must not do. */
public final class Interrupts {

    private Interrupts() {}

    /**
     * Calls. If the thread was interrupted meanwhile, throws {@code InterruptedException}, whatever the library under the call
     * wrapped it in: an interrupt is no failure of what was called, and is not retried.
     */
    public static <T> T unwrap(Callable<T> call) throws Exception {
        try {
            return call.call();
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof InterruptedException) {
                    throw (InterruptedException) new InterruptedException("interrupted while calling").initCause(e);
                }
            }
            throw e;
        }
    }

    /**
     * Finishes work that an interrupt must not cut off, then restores the thread's interrupt flag. An interrupt in the middle
     * of a statement would close the connection to the database.
     */
    public static <T> T deferred(Supplier<T> work) {
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
