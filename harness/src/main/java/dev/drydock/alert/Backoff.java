package dev.drydock.alert;

import java.time.Duration;

/** The pause after a failed attempt to notify a channel: ten seconds, doubled each time, at most five minutes. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Backoff() {}

    /** The pause after so many attempts. */
    static Duration after(int attempts) {
        var pause = FIRST.multipliedBy(1L << Math.min(attempts - 1, 10));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
}
