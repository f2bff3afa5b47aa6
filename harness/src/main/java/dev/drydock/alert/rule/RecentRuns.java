package dev.drydock.alert.rule;

import dev.drydock.journal.Run;
import dev.drydock.journal.RunHistory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The runs that a rule about failures looks at: those of the last hour, or the last one of an agent that runs less often. */
@Singleton
class RecentRuns {

    private static final Duration WITHIN = Duration.ofHours(1);

    private final RunHistory runs;
    private final InstantSource clock;

    RecentRuns(RunHistory runs, InstantSource clock) {
        this.runs = runs;
        this.clock = clock;
    }

    /** The runs that ended at this time or later. */
    Instant since(String agent) {
        var anHourAgo = clock.instant().minus(WITHIN);
        return runs.latest(agent, 1).stream()
                .map(Run::finishedAt)
                .findFirst()
                .filter(last -> last.isBefore(anHourAgo))
                .orElse(anHourAgo);
    }
}
