package dev.drydock.journal;

import dev.drydock.agent.Mode;
import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Which runs may begin: over all processes, one at a time of each agent, and one for each due time. */
@Singleton
@RetryConflicts
public class OpenRuns {

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final RunLeases leases;
    private final DeferredWrites writes;

    OpenRuns(Jdbi jdbi, InstantSource clock, RunLeases leases, DeferredWrites writes) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.leases = leases;
        this.writes = writes;
    }

    /**
     * Opens a run, unless a run of the agent is open or this due time was run before. Two unique indexes decide.
     *
     * @param dueAt null if the run was requested, or makes up for another
     */
    public Optional<UUID> open(String agent, Mode mode, @Nullable Instant dueAt) {
        writes.flush(); // the end of the agent's last run may be among the deferred writes
        var id = Database.newId();
        if (!insert(id, agent, mode, dueAt)) {
            return Optional.empty();
        }
        leases.acquired(id);
        return Optional.of(id);
    }

    private boolean insert(UUID id, String agent, Mode mode, @Nullable Instant dueAt) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                insert into run (id, agent, mode, outcome, started_at, due_at, owner, lease_until)
                values (:id, :agent, :mode, 'RUNNING', :now, :dueAt, :owner, now() + :lease * interval '1 second')
                on conflict do nothing""")
                        .bind("id", id)
                        .bind("agent", agent)
                        .bind("mode", mode.name())
                        .bind("now", clock.instant())
                        .bind("dueAt", dueAt)
                        .bind("owner", leases.owner())
                        .bind("lease", leases.lease().toSeconds())
                        .execute())
                == 1;
    }

    /** Whether a run of the agent is open that was not opened for this due time. */
    public boolean overlaps(String agent, @Nullable Instant dueAt) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select exists (select from run
                    where agent = :agent and outcome = 'RUNNING' and (cast(:dueAt as timestamptz) is null or due_at is distinct from :dueAt))""")
                .bind("agent", agent)
                .bind("dueAt", dueAt)
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Lets a due time run once more if it ran longer ago, by the database's clock, than the interval: then it came again because
     * a clock was set back.
     */
    public boolean isDueAgain(String agent, Instant dueAt, Duration interval) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                update run set due_at = null
                where agent = :agent and due_at = :dueAt and opened_at < now() - :interval * interval '1 second'""")
                        .bind("agent", agent)
                        .bind("dueAt", dueAt)
                        .bind("interval", interval.toSeconds())
                        .execute())
                == 1;
    }

    /**
     * Stores a cycle that did not begin.
     *
     * @return empty if this due time was run or skipped before, by any process
     */
    public Optional<UUID> skip(String agent, Mode mode, @Nullable Instant dueAt, RunResult result) {
        var id = Database.newId();
        var written = jdbi.withHandle(handle -> handle.createUpdate("""
                insert into run (id, agent, mode, outcome, skip_reason, fault, started_at, finished_at, due_at, owner)
                values (:id, :agent, :mode, :outcome, :reason, :why, :now, :now, :dueAt, :owner)
                on conflict do nothing""")
                .bind("id", id)
                .bind("agent", agent)
                .bind("mode", mode.name())
                .bind("outcome", result.outcome().name())
                .bind(
                        "reason",
                        result.skipReason() == null ? null : result.skipReason().name())
                .bind("why", result.fault() == null ? null : Json.storable(result.fault()))
                .bind("now", clock.instant())
                .bind("dueAt", dueAt)
                .bind("owner", leases.owner())
                .execute());
        return written == 1 ? Optional.of(id) : Optional.empty();
    }
}
