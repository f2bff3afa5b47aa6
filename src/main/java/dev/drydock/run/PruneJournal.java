package dev.drydock.run;

import dev.drydock.concurrent.Timers;
import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.CachedAnswers;
import dev.drydock.journal.Database;
import dev.drydock.journal.StoreCalls;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Forgets, little by little, what has been kept for as long as is configured. Any number of processes may do so. */
@Singleton
public class PruneJournal {

    private static final Logger LOG = Logger.getLogger(PruneJournal.class);

    private static final int BATCH = 500;
    private static final int BATCHES = 200;

    private final StoreCalls calls;
    private final CachedAnswers answers;
    private final Duration keepCalls;
    private final InstantSource clock;

    PruneJournal(StoreCalls calls, CachedAnswers answers, DrydockConfig config, InstantSource clock) {
        this.calls = calls;
        this.answers = answers;
        this.keepCalls = config.retention().calls();
        this.clock = clock;
    }

    /** Forgets a little: for processes that run one cycle and end. */
    public void pruneSome() {
        prune(1);
    }

    void start(@Observes StartupEvent event, Timers timers) {
        timers.every(Duration.ofMinutes(15), "Forgetting old records", () -> prune(BATCHES));
    }

    private void prune(int batches) {
        try {
            var before = clock.instant().minus(keepCalls);
            for (int batch = 0; batch < batches; batch++) {
                if (calls.prune(before, BATCH) + answers.prune(BATCH) == 0) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            if (!Database.isAway(e)) {
                throw e;
            }
            LOG.warn("The database is away; old records are forgotten another time");
        }
    }
}
