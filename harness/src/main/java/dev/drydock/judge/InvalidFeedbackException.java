package dev.drydock.judge;

import java.io.Serial;

/** Feedback that does not fit what it is about. Its message tells the person what would. */
public final class InvalidFeedbackException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public InvalidFeedbackException(String message) {
        super(message);
    }
}
