package dev.drydock.tool;

import dev.langchain4j.exception.NonRetriableException;
import io.quarkiverse.langchain4j.runtime.PreventsErrorHandlerExecution;
import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tool call that changes the world was not made, and the deciding ends with it: the model is not asked what it thinks of that. */
public final class SideEffectRefusedException extends NonRetriableException implements PreventsErrorHandlerExecution {

    @Serial
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {

        /** It cannot be undone, and nobody has approved it: the entry waits for a person. */
        APPROVAL_NEEDED,

        /** It, or another call for this entry, was begun, and nobody knows whether it was made: the entry waits for a person. */
        UNSURE,

        /** The agent has caused its hour's share: the entry waits for a later cycle. */
        TOO_MANY,

        /** It could not be written down before. */
        NOT_RECORDED,

        /** The tool is not written as it must be. */
        MISUSED
    }

    private final Reason reason;

    SideEffectRefusedException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The reason, if such a refusal is what a fault is, or was caused by. */
    public static Optional<Reason> reasonIn(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SideEffectRefusedException refused) {
                return Optional.of(refused.reason);
            }
        }
        return Optional.empty();
    }
}
