package dev.drydock.judge.replay;

import dev.langchain4j.exception.NonRetriableException;
import io.quarkiverse.langchain4j.runtime.PreventsErrorHandlerExecution;
import java.io.Serial;

/** The records end here: a call failed in production, or an answer is needed that they lack. */
final class EndedHereException extends NonRetriableException implements PreventsErrorHandlerExecution {

    @Serial
    private static final long serialVersionUID = 1;

    EndedHereException(String fault) {
        super(fault);
    }
}
