package dev.drydock.alert.channel;

import java.io.Serial;

/** A channel will never take this notice: to try again is of no use. The message quotes no key. */
public final class NoticeRefusedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    public NoticeRefusedException(String message) {
        super(message);
    }
}
