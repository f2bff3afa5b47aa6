package dev.drydock.agent;

import java.io.Serial;

/**
 * Thrown by a {@link SideEffect} tool that changed nothing: the model is told why, and the call does not count as made.
 * After any other exception it is not known whether the tool acted, and a person is asked.
 */
public class NotDoneException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /** The message is for the model. */
    public NotDoneException(String message) {
        super(message);
    }
}
