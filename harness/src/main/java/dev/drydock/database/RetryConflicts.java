package dev.drydock.database;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls a method again, a few times, if PostgreSQL rolled its statement back because of a deadlock or a serialization conflict
 * with another one. The method must be one statement, one transaction, or idempotent.
 */
@InterceptorBinding
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface RetryConflicts {

    /** Repeats what is called through other beans. */
    @Interceptor
    @RetryConflicts
    @Priority(Interceptor.Priority.LIBRARY_BEFORE)
    final class Repeat {

        private static final int ATTEMPTS = 5;
        private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

        /** Whether this thread is in such a call: one within another is a part of its transaction, which only the outer one repeats. */
        private static final ThreadLocal<Boolean> WITHIN = ThreadLocal.withInitial(() -> false);

        @AroundInvoke
        Object invoke(InvocationContext method) throws Exception {
            return call(method::proceed);
        }

        /** Repeats a call that is not made through a bean. */
        public static <T> T call(Callable<T> call) throws Exception {
            if (WITHIN.get()) {
                return call.call();
            }
            WITHIN.set(true);
            try {
                return repeat(call);
            } finally {
                WITHIN.remove();
            }
        }

        private static <T> T repeat(Callable<T> call) throws Exception {
            for (int attempt = 1; ; attempt++) {
                try {
                    return call.call();
                } catch (RuntimeException e) {
                    if (attempt == ATTEMPTS || !Database.isConflict(e)) {
                        throw e;
                    }
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS * attempt));
                }
            }
        }
    }
}
