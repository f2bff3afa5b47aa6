package dev.drydock.model;

import dev.langchain4j.exception.NonRetriableException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A model gave no answer, and asking again for the same would not help. */
public final class ModelRefusedException extends NonRetriableException implements ModelFault.Carrier {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient ModelFault fault;

    ModelRefusedException(ModelFault fault, @Nullable Throwable cause) {
        super(fault.message(), cause);
        this.fault = fault;
    }

    @Override
    public ModelFault fault() {
        return fault;
    }
}
