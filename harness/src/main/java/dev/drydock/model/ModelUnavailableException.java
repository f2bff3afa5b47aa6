package dev.drydock.model;

import dev.langchain4j.exception.RetriableException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A model gave no answer, and may give one later: an outage. */
public final class ModelUnavailableException extends RetriableException implements ModelFault.Carrier {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient ModelFault fault;

    ModelUnavailableException(ModelFault fault, @Nullable Throwable cause) {
        super(fault.message(), cause);
        this.fault = fault;
    }

    @Override
    public ModelFault fault() {
        return fault;
    }
}
