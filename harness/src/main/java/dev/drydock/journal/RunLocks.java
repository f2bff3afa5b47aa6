package dev.drydock.journal;

import dev.drydock.config.DrydockConfig;
import dev.drydock.database.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.support.StorageBasedLockProvider;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Who works on an agent, over all processes: one run at a time. A lock ends with its lease, so that one that is not
 * renewed is free again; the time is the database's.
 */
@Singleton
public class RunLocks {

    private static final Logger LOG = Logger.getLogger(RunLocks.class);

    private record Held(UUID runId, SimpleLock lock) {}

    private final UUID owner = UUID.randomUUID();
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Jdbi jdbi;
    private final DeferredWrites writes;
    private final LockProvider locks;
    private final Duration lease;

    RunLocks(Jdbi jdbi, DeferredWrites writes, DrydockConfig config) {
        this.jdbi = jdbi;
        this.writes = writes;
        this.locks = new Locks(new LockStorage(jdbi, owner.toString()));
        this.lease = config.runLease();
    }

    /** This process, by a name that no other has, nor the same one after a restart. */
    UUID owner() {
        return owner;
    }

    /** True if the agent is now this run's; false if some process works on it. */
    boolean take(String agent, UUID runId) {
        if (held.containsKey(agent)) {
            return false; // though the lease may be over: that run still writes
        }
        var lock = lock(agent);
        lock.ifPresent(taken -> held.put(agent, new Held(runId, taken)));
        return lock.isPresent();
    }

    /** Frees the agent for other runs; if the database is away, as soon as it is back. */
    public void release(UUID runId) {
        held.forEach((agent, hold) -> {
            if (hold.runId().equals(runId) && held.remove(agent, hold)) {
                unlock(agent, hold.lock());
            }
        });
    }

    /** Whether the run may still write. One whose lock was lost has been, or soon will be, taken for crashed. */
    public boolean holds(UUID runId) {
        return held.values().stream().anyMatch(hold -> hold.runId().equals(runId));
    }

    /** Says that the runs of this process are alive. To be called several times in a lease. */
    public void renew() {
        held.forEach(this::renew);
    }

    private void renew(String agent, Held hold) {
        var renewed = hold.lock().extend(lease, Duration.ZERO).or(() -> retake(agent, hold.runId()));
        if (renewed.isPresent()) {
            if (!held.replace(agent, hold, new Held(hold.runId(), renewed.get()))) {
                unlock(agent, renewed.get()); // released meanwhile
            }
        } else if (held.remove(agent, hold)) {
            LOG.errorf(
                    "The run of %s gave no sign of life for %s, and is taken for dead: it stops and stores nothing more",
                    agent, lease);
        }
    }

    /** The lease was over, as after a night of sleep; still nobody may have noticed. */
    private Optional<SimpleLock> retake(String agent, UUID runId) {
        var lock = lock(agent);
        if (lock.isPresent() && !stillOpen(runId)) {
            unlock(agent, lock.get());
            return Optional.empty();
        }
        return lock;
    }

    private boolean stillOpen(UUID runId) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select exists (select from run where id = :id and outcome = 'RUNNING')")
                        .bind("id", runId)
                        .mapTo(Boolean.class)
                        .one());
    }

    private Optional<SimpleLock> lock(String agent) {
        return locks.lock(new LockConfiguration(Instant.now(), "cycle of " + agent, lease, Duration.ZERO));
    }

    private void unlock(String agent, SimpleLock lock) {
        try {
            lock.unlock();
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e) || !writes.later("that nobody works on " + agent, lock::unlock)) {
                LOG.warnf("The lock of %s could not be given back; it ends by itself in %s", agent, lease);
            }
        }
    }

    private static final class Locks extends StorageBasedLockProvider {

        private Locks(LockStorage storage) {
            super(storage);
        }
    }
}
