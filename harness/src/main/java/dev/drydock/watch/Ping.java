package dev.drydock.watch;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a check is told of a run.
 *
 * @param run null for a cycle that was not written down, because the database was away
 * @param body for people; holds no secret, and nothing of what was read or decided
 */
record Ping(Kind kind, @Nullable UUID run, String body) {

    enum Kind {
        START("/start"),
        SUCCESS(""),
        FAIL("/fail");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    /** What is added to the path of a check's address. */
    String suffix() {
        return kind.suffix;
    }
}
