package dev.drydock.run;

import dev.drydock.config.DrydockConfig;
import dev.drydock.database.Database;
import dev.drydock.journal.JournalFigures;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How long a cycle may make no progress: ten times the median of recent cycles, at least {@code drydock.stuck.floor}. */
@Singleton
class RunLimits {

    private static final int FACTOR = 10;

    private final JournalFigures figures;
    private final DrydockConfig.Stuck config;

    RunLimits(JournalFigures figures, DrydockConfig config) {
        this.figures = figures;
        this.config = config.stuck();
    }

    /** After this time a cycle is interrupted. While the database is unavailable, the minimum applies. */
    Duration limit(String agent) {
        try {
            var usual = figures.usualDuration(agent).orElse(Duration.ZERO).multipliedBy(FACTOR);
            return usual.compareTo(config.floor()) > 0 ? usual : config.floor();
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            return config.floor();
        }
    }

    /** An interrupted cycle that has not ended after this time ends the process. */
    Duration grace() {
        return config.grace();
    }
}
