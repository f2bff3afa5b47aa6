package dev.drydock.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Why a call of a model gave no answer. {@link Kind} says whose fault that is and what may help.
 *
 * @param status the HTTP status; 0 if there was no response
 * @param message for people: what happened, the server's own sentence, and the setting to change where one helps
 * @param parameter the part of the request that the server does not take; null for other kinds
 * @param limit the limit in tokens that the server named; 0 if it named none
 * @param retryAt when the server wants to be asked again; null if it did not say
 */
public record ModelFault(
        Kind kind,
        int status,
        String message,
        @Nullable Parameter parameter,
        int limit,
        @Nullable Instant retryAt) {

    /** Whose fault it is. */
    public enum Kind {

        /** No connection: address, network or certificate. */
        UNREACHABLE(true, true),

        /** No whole answer within {@code drydock.model.timeout}. */
        TIMED_OUT(true, true),

        /** No answer to several calls in a row, each of them alone: the server answers nobody. */
        UNRESPONSIVE(false, true),

        /** The connection broke before the whole answer had come. */
        CONNECTION_LOST(true, true),

        /** The server failed: a status of 500 or more, or a response that carries no answer. */
        SERVER_ERROR(true, true),

        /** Too many requests or tokens for now. */
        RATE_LIMITED(false, false),

        /** No answer in time while other calls were in flight: the server's queue was too long, by this process's own doing. */
        CROWDED(false, false),

        /** This process's own limits left no turn for the call; it was not sent. */
        NO_TURN(false, false),

        /** The calling thread was interrupted. */
        INTERRUPTED(false, false),

        /** The circuit breakers of all models that could answer are open; nothing was sent. */
        CIRCUIT_OPEN(false, false),

        /** The server says "quota", and may mean the calls of a minute or the account: {@link QuotaDoubt}. */
        QUOTA_IN_DOUBT(false, false),

        /** The account is empty. */
        QUOTA(false, false),

        /** The key, the address or the name of the model is wrong. */
        SETTINGS(false, false),

        /** The server does not take a part of the request that can be left out. */
        PARAMETER(false, false),

        /** The request has more tokens than the model takes. */
        CONTEXT_EXCEEDED(false, false),

        /** The request has more bytes, or more tokens at once, than the server or the account takes. */
        TOO_LARGE(false, false),

        /** The content was refused by a filter. The entry's own fault. */
        FILTERED(false, false),

        /** Refused for another reason: the request may be the cause, or the server. */
        REJECTED(false, false);

        private final boolean retried;
        private final boolean outage;

        Kind(boolean retried, boolean outage) {
            this.retried = retried;
            this.outage = outage;
        }

        /** Whether it counts for the circuit breaker of the model. */
        boolean isOutage() {
            return outage;
        }

        /** Whether the call need only wait: nothing is wrong with the model, nor with the request. */
        public boolean isBusy() {
            return isRefusedForNow() || this == CROWDED || this == NO_TURN;
        }

        /** Whether the server may take the same call later. */
        boolean isRefusedForNow() {
            return this == RATE_LIMITED || this == QUOTA_IN_DOUBT;
        }

        RuntimeException exception(String message) {
            return new ModelFault(this, 0, message, null, 0, null).exception(null);
        }
    }

    /** A part of a request that servers are known to refuse. */
    public enum Parameter {
        SCHEMA_BOUNDS,
        JSON_SCHEMA,
        JSON_OBJECT,
        MAX_TOKENS,
        MAX_COMPLETION_TOKENS,
        OUTPUT_LIMIT,
        TEMPERATURE
    }

    /** An exception that carries a fault. */
    sealed interface Carrier permits ModelBusyException, ModelUnavailableException, ModelRefusedException {

        ModelFault fault();
    }

    /** The fault that an exception carries, or that caused it. */
    public static Optional<ModelFault> of(Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Carrier carrier) {
                return Optional.of(carrier.fault());
            }
        }
        return Optional.empty();
    }

    static boolean isOutage(Throwable thrown) {
        return of(thrown).map(ModelFault::kind).filter(Kind::isOutage).isPresent();
    }

    static RuntimeException interrupted(String when, InterruptedException cause) {
        return new ModelFault(Kind.INTERRUPTED, 0, "interrupted " + when, null, 0, null).exception(cause);
    }

    /** Whether the server may have worked on the request, so that it may be billed. */
    boolean mayBeBilled() {
        return switch (kind) {
            case TIMED_OUT, CROWDED, UNRESPONSIVE, CONNECTION_LOST, INTERRUPTED -> true;
            case SERVER_ERROR -> status == 200;
            default -> false;
        };
    }

    /** The same, once it is clear that the account is empty. */
    ModelFault emptyAccount() {
        return new ModelFault(Kind.QUOTA, status, message, parameter, limit, retryAt);
    }

    OptionalInt namedLimit() {
        return limit > 0 ? OptionalInt.of(limit) : OptionalInt.empty();
    }

    /** Content that was filtered is an answer that cannot be used; all else a call that gave none. */
    RuntimeException exception(@Nullable Throwable cause) {
        if (kind == Kind.FILTERED) {
            return new UnusableAnswerException(UnusableAnswerException.Reason.REFUSED, message);
        }
        if (kind.isBusy()) {
            return new ModelBusyException(this);
        }
        return kind.retried ? new ModelUnavailableException(this, cause) : new ModelRefusedException(this, cause);
    }
}
