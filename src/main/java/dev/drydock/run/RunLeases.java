package dev.drydock.run;

import dev.drydock.journal.Database;
import dev.drydock.journal.RunJournal;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Says every few seconds that this process lives, so that its open runs are not taken for crashed. */
@Singleton
class RunLeases {

    private static final Logger LOG = Logger.getLogger(RunLeases.class);

    private final RunJournal journal;

    RunLeases(RunJournal journal) {
        this.journal = journal;
    }

    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void renew() {
        try {
            journal.renewLeases();
        } catch (RuntimeException e) {
            if (!Database.isAway(e)) {
                throw e;
            }
            LOG.warn("The database is away; the leases of running cycles are renewed when it is back");
        }
    }
}
