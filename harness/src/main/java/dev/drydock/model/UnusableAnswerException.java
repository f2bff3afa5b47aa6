package dev.drydock.model;

import dev.langchain4j.exception.NonRetriableException;
import java.io.Serial;

/** The model answered, was asked again, and still gave nothing that could be used. Counts against the entry. */
public final class UnusableAnswerException extends NonRetriableException {

    @Serial
    private static final long serialVersionUID = 1;

    /** What was wrong with the last answer. */
    public enum Reason {
        NO_JSON,
        FIELD_MISSING,
        UNKNOWN_VALUE,
        WRONG_SHAPE,
        CUT_OFF,
        REFUSED
    }

    private final Reason reason;

    UnusableAnswerException(Reason reason, String what) {
        super(reason + ": " + what);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
