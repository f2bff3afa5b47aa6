package dev.drydock.run;

import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RetentionSettings;
import dev.drydock.database.Database;
import dev.drydock.journal.ForgetRecords;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jboss.logging.Logger;

/** Deletes records older than their retention ({@code drydock.retention}), in small batches. Any number of processes may do so. */
@Singleton
public class PruneJournal {

    private static final Logger LOG = Logger.getLogger(PruneJournal.class);
    private static final int BATCH = 500;
    private static final int SOME = 20;
    private static final int MANY = 200;

    private final ForgetRecords forget;
    private final RetentionSettings keep;
    private final ZoneId zone;
    private final InstantSource clock;

    PruneJournal(ForgetRecords forget, DrydockConfig config, InstantSource clock) {
        this.forget = forget;
        this.keep = config.retention();
        this.zone = config.zone();
        this.clock = clock;
    }

    /** Deletes about as much as a large cycle adds: for processes that run one cycle and end. */
    public void pruneSome() {
        prune(SOME);
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.every(Duration.ofMinutes(15), "delete old records", () -> prune(MANY));
    }

    private void prune(int batches) {
        try {
            var now = clock.instant();
            for (int batch = 0; batch < batches; batch++) {
                if (pruneBatch(now) == 0) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            LOG.warn("The database is unavailable; old records are deleted at the next run");
        }
    }

    private int pruneBatch(Instant now) {
        var oldestRun = now.minus(keep.runs());
        return forget.calls(now.minus(keep.calls()), BATCH)
                + forget.answers(now, BATCH)
                + forget.pauses(now, BATCH)
                + forget.undos(now, BATCH)
                + forget.payloads(now.minus(keep.payloads()), BATCH)
                + forget.runs(oldestRun, BATCH)
                + forget.figures(oldestRun, BATCH)
                + forget.alerts(oldestRun, BATCH)
                + forget.auditLog(oldestRun, BATCH)
                + forget.spending(LocalDate.ofInstant(oldestRun, zone), BATCH);
    }
}
