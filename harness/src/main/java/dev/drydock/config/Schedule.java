package dev.drydock.config;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/** When an agent's cycles start. */
public sealed interface Schedule {

    /** The first time after {@code instant} that a cycle is due; empty if never. */
    Optional<Instant> nextAfter(Instant instant, ZoneId zone);

    /** The last time up to {@code instant} that a cycle was due; empty if never. */
    Optional<Instant> lastUntil(Instant instant, ZoneId zone);

    /** At a fixed interval, counted from 1970-01-01T00:00Z, so that all processes and restarts agree on the times. */
    record Every(Duration interval) implements Schedule {

        @Override
        public Optional<Instant> nextAfter(Instant instant, ZoneId zone) {
            return lastUntil(instant, zone).map(last -> last.plus(interval));
        }

        @Override
        public Optional<Instant> lastUntil(Instant instant, ZoneId zone) {
            var seconds = instant.getEpochSecond();
            return Optional.of(Instant.ofEpochSecond(seconds - seconds % interval.toSeconds()));
        }

        @Override
        public String toString() {
            return "every " + interval.toString().substring(2).toLowerCase(Locale.ROOT);
        }
    }

    /**
     * By a Unix cron expression of five fields, on the wall clock of its zone. A time skipped by daylight
     * saving runs later, by the length of the jump. A time that occurs twice runs once.
     */
    record Cron(String expression) implements Schedule {

        @Override
        public Optional<Instant> nextAfter(Instant instant, ZoneId zone) {
            var time = time();
            var local = localTime(instant, zone).atZone(ZoneOffset.UTC);
            var skipped = time.nextExecution(local).map(next -> inZone(next, zone));
            return Stream.of(nextOnce(time, instant.atZone(zone)), skipped)
                    .flatMap(Optional::stream)
                    .map(ZonedDateTime::toInstant)
                    .filter(next -> next.isAfter(instant))
                    .min(Comparator.naturalOrder());
        }

        @Override
        public Optional<Instant> lastUntil(Instant instant, ZoneId zone) {
            var time = time();
            var soon = instant.plusSeconds(1).atZone(zone); // an execution now is not yet a last one
            var skipped = time.lastExecution(soon.toLocalDateTime().atZone(ZoneOffset.UTC))
                    .map(last -> inZone(last, zone));
            return Stream.of(time.lastExecution(soon), skipped)
                    .flatMap(Optional::stream)
                    .map(ZonedDateTime::toInstant)
                    .filter(last -> !last.isAfter(instant))
                    .max(Comparator.naturalOrder());
        }

        /** The next execution that is not the repetition of a local time: those come only from the first occurrence on. */
        private static Optional<ZonedDateTime> nextOnce(ExecutionTime time, ZonedDateTime after) {
            var next = time.nextExecution(after);
            while (next.isPresent() && isRepetition(time, next.get())) {
                next = time.nextExecution(next.get());
            }
            return next;
        }

        /** Whether a process that runs since the first occurrence of this local time would skip the second one. */
        private static boolean isRepetition(ExecutionTime time, ZonedDateTime execution) {
            var first = execution.withEarlierOffsetAtOverlap();
            var reached = Optional.of(first);
            while (reached.isPresent() && reached.get().isBefore(execution)) {
                reached = time.nextExecution(reached.get());
            }
            return !reached.equals(Optional.of(execution));
        }

        /** The wall clock. For as long as a gap of daylight saving, it reads as if there were no gap. */
        private static LocalDateTime localTime(Instant instant, ZoneId zone) {
            var last = zone.getRules().previousTransition(instant.plusNanos(1));
            return last != null
                            && last.isGap()
                            && instant.isBefore(last.getInstant().plus(last.getDuration()))
                    ? LocalDateTime.ofInstant(instant, last.getOffsetBefore())
                    : LocalDateTime.ofInstant(instant, zone);
        }

        private ExecutionTime time() {
            return ExecutionTime.forCron(CRON.parse(expression));
        }

        private static ZonedDateTime inZone(ZonedDateTime wallClock, ZoneId zone) {
            return wallClock.toLocalDateTime().atZone(zone);
        }

        @Override
        public String toString() {
            return expression;
        }
    }

    /** Only on request: by the API or by the {@code run} command. */
    record Off() implements Schedule {

        @Override
        public Optional<Instant> nextAfter(Instant instant, ZoneId zone) {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> lastUntil(Instant instant, ZoneId zone) {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "off";
        }
    }

    CronParser CRON = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    /** Reads {@code every 5m}, {@code every 1h30m}, {@code every 2d}, {@code 15 6 * * 1-5} or {@code off}. */
    static Schedule parse(String text) {
        var trimmed = text.strip();
        if (trimmed.equalsIgnoreCase("off")) {
            return new Off();
        }
        try {
            return trimmed.toLowerCase(Locale.ROOT).startsWith("every ")
                    ? new Every(interval(trimmed.substring("every ".length()).strip()))
                    : new Cron(CRON.parse(trimmed).validate().asString());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a schedule: write \"every 5m\", a cron expression of five fields such as \"15 6 * * 1-5\", or \"off\""
                            .formatted(text),
                    e);
        }
    }

    private static Duration interval(String text) {
        var upper = text.toUpperCase(Locale.ROOT);
        var interval = Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("an interval must be at least one second");
        }
        return interval;
    }

    /** Lets settings be of this type; an empty one is none. */
    final class SettingConverter implements Converter<Schedule> {

        private static final long serialVersionUID = 1;

        @Override
        public @Nullable Schedule convert(String value) {
            return value.isBlank() ? null : parse(value);
        }
    }
}
