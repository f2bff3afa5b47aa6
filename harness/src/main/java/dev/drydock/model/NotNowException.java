package dev.drydock.model;

import dev.langchain4j.exception.RateLimitException;
import java.io.Serial;

/** A call had no turn: too many others, or too soon. Says nothing against the model, nor against the entry. */
public final class NotNowException extends RateLimitException {

    @Serial
    private static final long serialVersionUID = 1;

    NotNowException(String message) {
        super(message);
    }
}
