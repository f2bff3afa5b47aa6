package dev.drydock.model;

import dev.langchain4j.exception.NonRetriableException;
import java.io.Serial;

/**
 * A call found no turn now: the server refused it for its rate, or it would have waited too long. It is no failure of the
 * model and no attempt of an entry. The run sends it again when its turn comes.
 */
public final class ModelBusyException extends NonRetriableException implements ModelFault.Carrier {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient ModelFault fault;

    ModelBusyException(ModelFault fault) {
        super(fault.message());
        this.fault = fault;
    }

    @Override
    public ModelFault fault() {
        return fault;
    }
}
