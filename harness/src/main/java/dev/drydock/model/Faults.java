package dev.drydock.model;

import dev.drydock.database.Database;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RetriableException;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/** Tells what a failed step says about the model, and what it says about the entry. */
public final class Faults {

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
            CircuitBreakerOpenException.class,
            ModelNotServedException.class);

    private static final Pattern TOO_LONG = Pattern.compile(
            "context_length_exceeded|context[ _-]?(length|window|size)|maximum (context|prompt) length|prompt is too long"
                    + "|too many tokens|input (is )?too long|exceeds? the (model'?s )?(maximum|context)"
                    + "|request_too_large|string_above_max_length",
            Pattern.CASE_INSENSITIVE);

    private Faults() {}

    /** Whether the model may be down, so that the entry is not to blame. */
    public static boolean isOutage(Throwable fault) {
        return OUTAGES.stream().anyMatch(outage -> isCausedBy(fault, outage));
    }

    /** An outage that is the model's own: not a queue of ours, nor the database, nor a thread that was told to stop. */
    static boolean speaksAgainstTheModel(Throwable fault) {
        return isOutage(fault)
                && !isCausedBy(fault, NotNowException.class)
                && !isCausedBy(fault, InterruptedException.class)
                && !Database.isUnavailable(fault);
    }

    /** Whether a fault is of a type, or was caused by one that is. */
    public static boolean isCausedBy(Throwable fault, Class<? extends Throwable> type) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a request may have reached the model all the same, so that it may have to be paid for. */
    static boolean mayHaveBeenAnswered(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException
                    || cause instanceof ConnectException
                    || cause instanceof UnknownHostException) {
                return false;
            }
            if (cause instanceof ProcessingException
                    || cause instanceof IOException
                    || cause instanceof dev.langchain4j.exception.TimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** Whether the question was longer than the model takes. Servers word it differently, and all use 400 or 413. */
    static boolean isTooLong(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException answer && (answer.statusCode() == 400 || answer.statusCode() == 413)) {
                return TOO_LONG.matcher(String.valueOf(answer.getMessage())).find();
            }
        }
        return false;
    }
}
