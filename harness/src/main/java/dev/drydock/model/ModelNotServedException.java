package dev.drydock.model;

import dev.langchain4j.exception.NonRetriableException;
import java.io.Serial;

/** The circuits of all models that might have answered are open: nobody was asked, and nobody else need be. */
public final class ModelNotServedException extends NonRetriableException {

    @Serial
    private static final long serialVersionUID = 1;

    ModelNotServedException(String message, Throwable cause) {
        super(message, cause);
    }
}
