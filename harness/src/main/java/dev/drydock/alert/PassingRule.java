package dev.drydock.alert;

import java.time.Duration;

/** A rule about something that happens, and has no end of its own: it is over when it has not happened again for a while. */
public interface PassingRule extends Rule {

    /** For how long. */
    Duration lasts();
}
