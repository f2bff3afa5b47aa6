package dev.drydock.model;

import dev.langchain4j.exception.NonRetriableException;
import java.io.Serial;

/** The day's budget does not reach for another call. Entries wait for the next day; nothing is lost. */
public final class BudgetSpentException extends NonRetriableException {

    @Serial
    private static final long serialVersionUID = 1;

    BudgetSpentException(String message) {
        super(message);
    }
}
