package dev.drydock.alert.channel;

import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.journal.Notification;
import java.io.IOException;
import java.io.Serial;

/** One way to notify a person, or a service that pages one. All channels that are configured are used. */
public interface AlertChannel {

    /** The receiver refuses a notification permanently. The message contains no key, address or response body. */
    final class RefusedException extends Exception {

        @Serial
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /** Its name in the journal and in commands: {@code slack}. */
    String name();

    /** Whether it is configured. Nothing is sent to a channel that is off. */
    boolean isOn();

    /** Whether it accepts alerts of this severity. */
    default boolean wants(Severity severity) {
        return true;
    }

    /**
     * Sends a notification, in a bounded time. Called at least once for each notification of an alert, in their order.
     *
     * @return what the receiver answered, for people
     * @throws RefusedException if it will never be accepted: a wrong key, an archived channel
     * @throws IOException if a later attempt may succeed: the receiver is busy, failed or unavailable
     */
    String send(Notification notification) throws RefusedException, IOException;
}
