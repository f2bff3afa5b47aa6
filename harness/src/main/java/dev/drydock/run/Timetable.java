package dev.drydock.run;

import dev.drydock.config.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a cycle is due, to one who looks often. Of the times that have come since the last look, as after a sleep
 * of the machine, only the latest counts; those that come again because the clock was set back do not count here.
 */
final class Timetable {

    private final Schedule schedule;
    private final ZoneId zone;
    private Instant lookedAt;
    private @Nullable Instant next;

    Timetable(Schedule schedule, ZoneId zone, Instant now) {
        this.schedule = schedule;
        this.zone = zone;
        this.lookedAt = now;
        this.next = schedule.nextAfter(now, zone).orElse(null);
    }

    /** The time for which a cycle is due now, if there is one. */
    synchronized Optional<Instant> look(Instant now) {
        var setBack = now.isBefore(lookedAt);
        var come = next != null && !now.isBefore(next);
        lookedAt = now;
        if (!setBack && !come) {
            return Optional.empty();
        }
        next = schedule.nextAfter(now, zone).orElse(null);
        return setBack ? Optional.empty() : schedule.lastUntil(now, zone);
    }

    /** The next time; empty if never. */
    synchronized Optional<Instant> next() {
        return Optional.ofNullable(next);
    }
}
