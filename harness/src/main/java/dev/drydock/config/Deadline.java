package dev.drydock.config;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/** By when an agent's output must be out, on which days: {@code 07:15}, {@code 07:15 mon-fri} or {@code 07:15 sat,sun}. */
public record Deadline(LocalTime time, Set<DayOfWeek> days) {

    private static final int DAYS_A_WEEK = 7;

    /** The last one that has passed, as the day that it belongs to. */
    public LocalDate lastDay(Instant now, ZoneId zone) {
        var today = now.atZone(zone).toLocalDate();
        return today.minusDays(DAYS_A_WEEK)
                .datesUntil(today.plusDays(1))
                .filter(day -> days.contains(day.getDayOfWeek()))
                .filter(day -> !at(day, zone).isAfter(now))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    public Instant at(LocalDate day, ZoneId zone) {
        return day.atTime(time).atZone(zone).toInstant();
    }

    /** Fails with {@link IllegalArgumentException} and says what to write. */
    static Deadline parse(String text) {
        try {
            var parts = text.strip().toLowerCase(Locale.ROOT).split("\\s+", 2);
            return new Deadline(
                    LocalTime.parse(parts[0]), parts.length == 1 ? EnumSet.allOf(DayOfWeek.class) : days(parts[1]));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a deadline: write \"07:15\", \"07:15 mon-fri\" or \"07:15 mon,wed,fri\""
                            .formatted(text),
                    e);
        }
    }

    private static Set<DayOfWeek> days(String text) {
        return Arrays.stream(text.split("\\s*,\\s*"))
                .flatMap(part -> {
                    var ends = part.split("\\s*-\\s*", 2);
                    var first = day(ends[0]);
                    var length =
                            ends.length == 1 ? 0 : Math.floorMod(day(ends[1]).getValue() - first.getValue(), 7);
                    return IntStream.rangeClosed(0, length).mapToObj(first::plus);
                })
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayOfWeek.class)));
    }

    private static DayOfWeek day(String name) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> name.length() >= 3
                        && day.name().toLowerCase(Locale.ROOT).startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    @Override
    public String toString() {
        return days.size() == DAYS_A_WEEK
                ? time.toString()
                : time + " "
                        + days.stream()
                                .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(","));
    }

    /** Lets settings be of this type; an empty one is none. */
    public static final class SettingConverter implements Converter<Deadline> {

        private static final long serialVersionUID = 1;

        @Override
        public @Nullable Deadline convert(String value) {
            return value.isBlank() ? null : parse(value);
        }
    }
}
