package dev.drydock.model;

import dev.langchain4j.exception.NonRetriableException;
import java.io.Serial;

/** A call waits for the answer of a batch. Its entry is decided again when the answer is here; no attempt is counted. */
public final class WaitsForBatchException extends NonRetriableException {

    @Serial
    private static final long serialVersionUID = 1;

    WaitsForBatchException() {
        super("the call waits for the answer of a batch");
    }
}
