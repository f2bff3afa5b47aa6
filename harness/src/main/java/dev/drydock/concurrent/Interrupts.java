package dev.drydock.concurrent;

import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** How interruption is handled. */
public final class Interrupts {

    private Interrupts() {}

    /**
     * Calls, inside a timeout of Fault Tolerance. If the call ended because the thread was interrupted, throws
     * {@code InterruptedException}, whatever exception the called library wrapped it in: an interruption is not a failure of the
     * called system, and is not retried.
     *
     * @return what the call returned; or throws the {@link Error} that the call threw, to be asked for outside of the timeout: an
     *     Error would not cancel the timeout, which would interrupt the thread minutes later, in the middle of other work
     */
    public static <T> Supplier<T> within(Callable<T> call) throws Exception {
        try {
            var result = call.call();
            return () -> result;
        } catch (Error e) {
            return () -> {
                throw e;
            };
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
                    throw (InterruptedException) new InterruptedException("interrupted while calling").initCause(e);
                }
            }
            throw e;
        }
    }

    /**
     * Runs work that must not be interrupted, then restores the thread's interrupt flag. An interrupt during a statement would
     * close the connection to the database.
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
