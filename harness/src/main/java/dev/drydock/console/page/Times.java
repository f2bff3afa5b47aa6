package dev.drydock.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times and durations as people read them. The script {@code drydock.js} keeps relative times up to date in the same words. */
final class Times {

    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ENGLISH);

    private Times() {}

    /** In the zone, with the zone's name; without the day if it is today. The exact time is its title. */
    static String html(Instant at, ZoneId zone, Instant now) {
        var local = at.atZone(zone);
        var today = local.toLocalDate().equals(now.atZone(zone).toLocalDate());
        return "<time datetime=\"%s\" title=\"%s %s (%s UTC)\">%s %s</time> <span class=\"ago\" data-at=\"%s\">%s</span>"
                .formatted(
                        at.truncatedTo(ChronoUnit.SECONDS),
                        EXACT.format(local),
                        zone.getId(),
                        EXACT.format(at.atZone(ZoneOffset.UTC)),
                        (today ? TODAY : SHORT).format(local),
                        name(zone, at),
                        at.toEpochMilli(),
                        relative(at, now));
    }

    /** {@code 3 min ago} or {@code in 2 h}. */
    static String relative(Instant at, Instant now) {
        var past = !at.isAfter(now);
        var distance = roughly(past ? Duration.between(at, now) : Duration.between(now, at));
        return past ? distance + " ago" : "in " + distance;
    }

    /** In its largest unit: {@code 12 s}, {@code 5 min}, {@code 3 h}, {@code 9 days}. */
    static String roughly(Duration time) {
        var seconds = time.toSeconds();
        if (seconds < 90) {
            return seconds + " s";
        }
        if (seconds < 90 * 60) {
            return (seconds + 30) / 60 + " min";
        }
        var hours = (seconds + 1_800) / 3_600;
        return hours < 48 ? hours + " h" : (hours + 12) / 24 + " days";
    }

    /** As it is measured: {@code 340 ms}, {@code 4.2 s}, {@code 3 min 5 s}, {@code 2 h 4 min}. */
    static String took(Duration time) {
        var millis = time.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
        }
        return time.toHours() == 0
                ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
                : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }

    /** {@code CET}; what has no such name is called by its offset or id. */
    private static String name(ZoneId zone, Instant at) {
        return zone.getRules().isFixedOffset()
                ? zone.getId().equals("Z") ? "UTC" : zone.getId()
                : DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(at.atZone(zone));
    }
}
