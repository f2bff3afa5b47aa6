package dev.drydock.model;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RetriableException;
import jakarta.ws.rs.ProcessingException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Set;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/** Tells what a failed step says about the model, and what it says about the entry. */
public final class Faults {

    private static final int LONGEST = 500;

    /** With these, the next entry would fare no better: overloaded, unreachable, too slow, wrong key, wrong name. */
    private static final Set<Class<? extends Throwable>> OUTAGES = Set.of(
            RetriableException.class,
            AuthenticationException.class,
            ModelNotFoundException.class,
            ProcessingException.class,
            SocketException.class,
            UnknownHostException.class,
            InterruptedIOException.class,
            TimeoutException.class,
            CircuitBreakerOpenException.class);

    private Faults() {}

    /** Whether the model may be down, so that the entry is not to blame. */
    public static boolean isOutage(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            for (var outage : OUTAGES) {
                if (outage.isInstance(cause)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A fault for the journal: its type and message, cut to a readable length. It may quote an answer: not for logs. */
    public static String describe(Throwable fault) {
        var text = fault.getClass().getSimpleName() + ": " + fault.getMessage();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
