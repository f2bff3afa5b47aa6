package dev.drydock.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells an empty account from the limit of a minute, where a server says "quota" for both: a server that refuses a call in the
 * same words a minute later, and none was answered meanwhile, means the account.
 */
final class QuotaDoubt {

    static final Duration MINUTE = Duration.ofMinutes(1);

    /** What differs between two refusals of the same kind: ids and numbers. */
    private static final Pattern DETAILS = Pattern.compile("\\b\\w*\\d[\\w.-]*");

    private final InstantSource clock;
    private @Nullable String words;
    private Instant since;

    QuotaDoubt(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    /** The server refused a call so. Returns whether the account is empty. */
    synchronized boolean refused(String message) {
        var now = clock.instant();
        var said = DETAILS.matcher(message).replaceAll("");
        if (said.equals(words)) {
            return !now.isBefore(since.plus(MINUTE));
        }
        words = said;
        since = now;
        return false;
    }

    synchronized void answered() {
        words = null;
    }
}
