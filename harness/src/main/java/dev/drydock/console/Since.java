package dev.drydock.console;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The option {@code --since}: a day, a time, or how long ago. */
final class Since {

    private Since() {}

    /** Any other value is wrong usage. */
    static Instant parse(CommandSpec command, String time, Instant now) {
        try {
            return time.contains("T")
                    ? Instant.parse(time)
                    : time.contains("-")
                            ? LocalDate.parse(time).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : now.minus(DurationConverter.parseDuration(time));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new ParameterException(
                    command.commandLine(),
                    "--since: \"%s\" is not a time; write one such as 2026-01-31, 2026-01-31T07:15:00Z or 12h"
                            .formatted(time));
        }
    }
}
