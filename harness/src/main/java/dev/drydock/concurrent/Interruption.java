package dev.drydock.concurrent;

import java.util.concurrent.Callable;

/** Knows an interruption again in what libraries wrap it in, so that nobody takes it for a fault and tries again. */
public final class Interruption {

    private Interruption() {}

    /** Calls; if the thread was interrupted meanwhile, {@code InterruptedException} says so, whatever the call threw. */
    public static <T> T unwrapped(Callable<T> call) throws Exception {
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
}
