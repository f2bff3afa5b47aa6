package dev.drydock.run;

import dev.drydock.config.DrydockConfig;
import dev.drydock.database.Database;
import dev.drydock.journal.JournalFigures;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How long a cycle may take: so many times what it usually does, but at least for a while. */
@Singleton
class RunLimits {

    private final JournalFigures figures;
    private final DrydockConfig.Stuck config;

    RunLimits(JournalFigures figures, DrydockConfig config) {
        this.figures = figures;
        this.config = config.stuck();
    }

    /** Then it is interrupted. While the database is away, nothing is known of the agent, and the floor holds. */
    Duration limit(String agent) {
        try {
            var usual = figures.usualDuration(agent).orElse(Duration.ZERO).multipliedBy(config.factor());
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
