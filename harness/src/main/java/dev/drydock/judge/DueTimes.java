package dev.drydock.judge;

import dev.drydock.config.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** How often a schedule is due. */
public final class DueTimes {

    private static final double WEEK_DAYS = 7;

    private DueTimes() {}

    /** In a period, its begin excluded. */
    public static long count(Schedule schedule, ZoneId zone, Instant from, Instant to) {
        if (schedule instanceof Schedule.Every every) {
            var interval = every.interval().toSeconds();
            return Math.max(0, to.getEpochSecond() / interval - from.getEpochSecond() / interval);
        }
        var count = 0L;
        for (var next = schedule.nextAfter(from, zone);
                next.isPresent() && !next.get().isAfter(to);
                next = schedule.nextAfter(next.get(), zone)) {
            count++;
        }
        return count;
    }

    /** On a day of the coming week. */
    static double perDay(Schedule schedule, ZoneId zone, Instant now) {
        return count(schedule, zone, now, now.plus(Duration.ofDays(7))) / WEEK_DAYS;
    }
}
