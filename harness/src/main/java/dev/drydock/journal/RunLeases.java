package dev.drydock.journal;

import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.DrydockConfig;
import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * The leases of runs, on the runs' own rows and by the database's clock. The process that opened a run renews its lease three
 * times in {@code drydock.run-lease}. Once the lease has expired, any process may close the run as crashed.
 */
@Singleton
@RetryConflicts
public class RunLeases {

    private static final Logger LOG = Logger.getLogger(RunLeases.class);

    private static final int RENEWALS = 3;

    private final UUID owner = UUID.randomUUID();
    private final Set<UUID> held = ConcurrentHashMap.newKeySet();
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Duration lease;

    RunLeases(Jdbi jdbi, InstantSource clock, DrydockConfig config) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.lease = config.runLease();
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.every(fraction(RENEWALS), "renew the leases of runs", this::renewIfAvailable);
    }

    /** The lease divided by a number, but at least one second: how often to renew or to check. */
    public Duration fraction(int number) {
        var fraction = lease.dividedBy(number);
        return fraction.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : fraction;
    }

    /** This process; a restart makes a new owner. */
    UUID owner() {
        return owner;
    }

    Duration lease() {
        return lease;
    }

    /** From now on the run's lease is renewed. */
    void acquired(UUID runId) {
        held.add(runId);
    }

    /** The run's lease is no longer renewed. */
    void released(UUID runId) {
        held.remove(runId);
    }

    /** Whether the run may still write: false once another process closed it as crashed, or is about to. */
    public boolean holds(UUID runId) {
        return held.contains(runId);
    }

    /** Renews the leases of this process's open runs, expired ones too if no process has closed the run yet. */
    void renew() {
        var before = new HashSet<>(held);
        if (before.isEmpty()) {
            return;
        }
        var renewed = jdbi.withHandle(handle -> handle.createQuery("""
                update run set lease_until = now() + :lease * interval '1 second'
                where id = any (:ids) and owner = :owner and outcome = 'RUNNING'
                returning id""")
                .bind("lease", lease.toSeconds())
                .bindArray("ids", UUID.class, before)
                .bind("owner", owner)
                .mapTo(UUID.class)
                .list());
        before.removeAll(renewed);
        for (var lost : before) {
            if (held.remove(lost)) { // else it ended meanwhile
                LOG.errorf(
                        "Run %s lost its lease: it was not renewed for %s, and another process closed the run as crashed."
                                + " The run stops and stores nothing more",
                        lost, lease);
            }
        }
    }

    private void renewIfAvailable() {
        try {
            renew();
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            LOG.warnf(
                    "Cannot renew the leases of runs: the database is unavailable; next attempt in %s",
                    fraction(RENEWALS));
        }
    }

    /** Whether the agent's last run, of any process, ended because its process was asked to stop, and none has begun since. */
    public boolean wasInterrupted(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select outcome = 'INTERRUPTED' from run
                where agent = :agent and skip_reason is distinct from 'ALREADY_RUNNING'
                order by seq desc limit 1""")
                .bind("agent", agent)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
    }

    /**
     * Closes as CRASHED the open run of an agent whose lease has expired. Its process, should it only have been suspended, can
     * store nothing more for that run. A run of this process is never closed here: it still writes.
     *
     * @return the run that was closed; empty if there was none
     */
    public Optional<UUID> closeExpired(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                update run set outcome = 'CRASHED', finished_at = :now,
                    fault = 'its process ended without closing the run; the next cycle resumes its open entries'
                where agent = :agent and outcome = 'RUNNING' and id <> all (:held)
                    and coalesce(
                        lease_until,
                        (select lock_until at time zone 'UTC' from shedlock where name = 'cycle of ' || :agent),
                        '-infinity') < now()
                returning id""")
                .bind("agent", agent)
                .bind("now", clock.instant())
                .bindArray("held", UUID.class, held)
                .mapTo(UUID.class)
                .findOne());
    }
}
