package dev.drydock.run;

import dev.drydock.config.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The due times of one agent, and whether its scheduler job works. Of several due times that passed since the last check, as
 * after a suspend of the machine, only the latest counts. Due times that come again after the clock was set back are not
 * skipped here: the database knows which ones were run.
 */
final class CycleJob {

    /** The guard may have to start one cycle, as at a time that daylight saving skips; a second one in a row means a dead job. */
    private static final int DEAD = 2;

    private final Schedule schedule;
    private final ZoneId zone;
    private Instant checkedAt;
    private @Nullable Instant next;
    private int missed;
    private boolean ended;

    CycleJob(Schedule schedule, ZoneId zone, Instant now) {
        this.schedule = schedule;
        this.zone = zone;
        this.checkedAt = now;
        this.next = schedule.nextAfter(now, zone).orElse(null);
    }

    /** Called when the scheduler fires the job: the due time to run now; empty if it was returned before. */
    synchronized Optional<Instant> fired(Instant now) {
        missed = 0;
        return due(now);
    }

    /** Called by the guard: a due time that the scheduler did not fire within the tolerance; empty if there is none. */
    synchronized Optional<Instant> overdue(Instant now, Duration tolerance) {
        if (now.isBefore(checkedAt)) {
            return due(now); // takes note that the clock was set back
        }
        if (next == null || now.isBefore(next.plus(tolerance))) {
            return Optional.empty();
        }
        missed++;
        return due(now);
    }

    private Optional<Instant> due(Instant now) {
        var setBack = now.isBefore(checkedAt);
        var come = next != null && !now.isBefore(next);
        checkedAt = now;
        if (!setBack && !come) {
            return Optional.empty();
        }
        next = schedule.nextAfter(now, zone).orElse(null);
        return setBack ? Optional.empty() : schedule.lastUntil(now, zone);
    }

    /** The next due time; empty if the agent runs on request only. */
    synchronized Optional<Instant> next() {
        return Optional.ofNullable(next);
    }

    /** An {@code Error} ended the last start of a cycle, or none did. */
    synchronized void ended(boolean byError) {
        ended = byError;
    }

    /** Whether the scheduler stopped firing this job, or its last start ended with an {@code Error}. */
    synchronized boolean isDead() {
        return ended || missed >= DEAD;
    }
}
