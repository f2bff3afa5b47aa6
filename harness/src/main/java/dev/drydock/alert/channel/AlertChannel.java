package dev.drydock.alert.channel;

import dev.drydock.journal.Notice;
import dev.drydock.journal.Severity;
import java.io.IOException;

/** One way to a person, or to a service that wakes one. Every channel that is set is used. */
public interface AlertChannel {

    /** Its name in the journal and in commands: {@code slack}. */
    String name();

    /** Whether it is set. One that is off is never sent to. */
    boolean isOn();

    /** Whether it wants alerts of this severity. */
    default boolean wants(Severity severity) {
        return true;
    }

    /**
     * Hands over a notice, in a bounded time. Called at least once for each turn of an alert, in the order of turns.
     *
     * @return what the receiver answered, for people
     * @throws NoticeRefusedException if it will never be taken: a wrong key, an archived channel
     * @throws IOException if it may be taken another time: the receiver is busy, broken or away
     */
    String send(Notice notice) throws NoticeRefusedException, IOException;
}
