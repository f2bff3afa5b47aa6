package dev.drydock.model;

import dev.langchain4j.exception.NonRetriableException;
import java.io.Serial;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A trial may not send requests, and there is no recorded answer to this one. */
public final class NotRecordedException extends NonRetriableException {

    @Serial
    private static final long serialVersionUID = 1;

    private final @Nullable BigDecimal atMostUsd;

    NotRecordedException(String model, @Nullable BigDecimal atMostUsd) {
        super("no answer of the model %s is recorded for this request".formatted(model));
        this.atMostUsd = atMostUsd;
    }

    /** What it costs at most to ask; empty if no price is known. */
    public Optional<BigDecimal> atMostUsd() {
        return Optional.ofNullable(atMostUsd);
    }

    /** The exception of this type that a fault is or was caused by. */
    public static Optional<NotRecordedException> in(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotRecordedException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
