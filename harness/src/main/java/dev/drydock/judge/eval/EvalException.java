package dev.drydock.judge.eval;

import java.io.Serial;

/** An eval cannot be run as it is asked for. The message is for people and says what to do. */
public final class EvalException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public EvalException(String message) {
        super(message);
    }
}
