package dev.drydock.run;

import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.DrydockConfig;
import dev.drydock.database.Database;
import dev.drydock.journal.RunLocks;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Says three times in a lease that this process lives, so that its open runs are not taken for crashed. */
@Singleton
class RunLeases {

    private static final Logger LOG = Logger.getLogger(RunLeases.class);

    private final RunLocks locks;

    RunLeases(RunLocks locks) {
        this.locks = locks;
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks, DrydockConfig config) {
        tasks.every(fraction(config.runLease(), 3), "Renewing the leases of runs", this::renew);
    }

    /** Several turns in a lease, but not more than one a second. */
    static Duration fraction(Duration lease, int number) {
        var turn = lease.dividedBy(number);
        return turn.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : turn;
    }

    private void renew() {
        try {
            locks.renew();
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            LOG.warn("The database is away; the leases of running cycles are renewed when it is back");
        }
    }
}
