package dev.drydock.run;

import dev.drydock.database.Database;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import dev.drydock.run.RunEvent.CycleEnded;
import dev.drydock.run.RunEvent.SkippedInARow;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Notifications when an agent's cycles are skipped several times in a row; also while the database is away. */
@Singleton
class SkipStreaks {

    private static final int MIN_SAMPLES = 3;

    private final JournalQueries journal;
    private final Event<RunEvent> events;
    private final Map<String, Integer> streaks = new ConcurrentHashMap<>();

    SkipStreaks(JournalQueries journal, Event<RunEvent> events) {
        this.journal = journal;
        this.events = events;
    }

    void count(@Observes CycleEnded cycle) {
        var reason = cycle.end().skipReason();
        if (cycle.end().outcome() != RunOutcome.SKIPPED) {
            streaks.remove(cycle.agent());
        } else if (tells(reason)) {
            var streak = streaks.merge(cycle.agent(), before(cycle.agent()), (known, unknown) -> known + 1);
            if (streak == MIN_SAMPLES && reason != null) {
                events.fire(new SkippedInARow(cycle.agent(), reason, streak));
            }
        }
    }

    /** How long the streak is with this cycle, if this process has not seen its beginning. */
    private int before(String agent) {
        if (streaks.containsKey(agent)) {
            return 1;
        }
        try {
            var latest = journal.runs(agent, MIN_SAMPLES).stream()
                    .takeWhile(run -> run.outcome() == RunOutcome.SKIPPED)
                    .filter(run -> tells(run.skipReason()))
                    .count();
            return Math.max(1, (int) latest);
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            return 1;
        }
    }

    /** That a cycle takes longer than its interval is another matter. */
    private static boolean tells(@Nullable SkipReason reason) {
        return reason != SkipReason.ALREADY_RUNNING;
    }
}
