package dev.drydock.alert;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Something that a person must be told, in words for that person. Holds no secret and no text of an item or answer.
 *
 * @param summary what happened, in one line
 * @param done what the harness has already done about it
 * @param next which command or page to look at
 */
public record Finding(String summary, String done, String next) {

    String details(Instant since) {
        return "Since %s. %s%nNext: %s".formatted(since.truncatedTo(ChronoUnit.SECONDS), done, next);
    }
}
