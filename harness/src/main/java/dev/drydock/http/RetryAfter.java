package dev.drydock.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The time of a server's {@code Retry-After}. https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
public final class RetryAfter {

    private RetryAfter() {}

    /** Reads the header {@code Retry-After}, in seconds or as a date. Empty if it is missing or invalid. */
    public static Optional<Instant> parse(@Nullable String header, Instant now) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    header.strip().matches("\\d{1,9}(\\.\\d+)?")
                            ? now.plusMillis((long) (Double.parseDouble(header.strip()) * 1000))
                            : ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty(); // the caller uses its own backoff
        }
    }
}
