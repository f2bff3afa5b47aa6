package dev.drydock.agent;

import java.io.Serial;

/**
 * The receiver refused an output, and would refuse it again: a wrong address, an invalid payload.
 *
 * <p>Thrown by {@link Agent#deliver}. The entry ends as {@code UNDELIVERABLE}, with this message as its reason, and
 * waits for a person. Any other exception is taken to pass, and the delivery is tried again.
 */
public class UndeliverableException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    public UndeliverableException(String message) {
        super(message);
    }
}
