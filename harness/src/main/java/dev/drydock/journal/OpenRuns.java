package dev.drydock.journal;

import dev.drydock.agent.Mode;
import dev.drydock.database.Database;
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
public class OpenRuns {

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final RunLocks locks;

    OpenRuns(Jdbi jdbi, InstantSource clock, RunLocks locks) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.locks = locks;
    }

    /**
     * Opens a run, unless a run of the agent is open or this due time was answered before.
     *
     * @param dueAt null if somebody asked for it, or if it makes up for another
     */
    public Optional<UUID> open(String agent, Mode mode, @Nullable Instant dueAt) {
        var id = Database.newId();
        if (!locks.take(agent, id)) {
            return Optional.empty();
        }
        var opened = false;
        try {
            opened = insert(id, agent, mode, dueAt);
            return opened ? Optional.of(id) : Optional.empty();
        } finally {
            if (!opened) {
                locks.release(id);
            }
        }
    }

    private boolean insert(UUID id, String agent, Mode mode, @Nullable Instant dueAt) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                insert into run (id, agent, mode, outcome, started_at, due_at, owner)
                values (:id, :agent, :mode, 'RUNNING', :now, :dueAt, :owner)
                on conflict do nothing""")
                        .bind("id", id)
                        .bind("agent", agent)
                        .bind("mode", mode.name())
                        .bind("now", clock.instant())
                        .bind("dueAt", dueAt)
                        .bind("owner", locks.owner())
                        .execute())
                == 1;
    }

    /**
     * Closes as CRASHED what an agent's dead process has left open: one that has not renewed its lock for the time of a
     * lease. A process that was only asleep can from then on store nothing for that run.
     *
     * @return the run that was closed; empty if there was none
     */
    public Optional<UUID> closeAsCrashed(String agent) {
        var id = Database.newId();
        if (!overlaps(agent, null) || !locks.take(agent, id)) {
            return Optional.empty();
        }
        try {
            return jdbi.withHandle(handle -> handle.createQuery("""
                    update run set outcome = 'CRASHED', finished_at = :now,
                        fault = 'its process ended without a word; what it left open is taken up by the next cycle'
                    where agent = :agent and outcome = 'RUNNING'
                    returning id""")
                    .bind("agent", agent)
                    .bind("now", clock.instant())
                    .mapTo(UUID.class)
                    .findOne());
        } finally {
            locks.release(id);
        }
    }

    /** Whether a run of the agent is open that began for another reason than this due time. */
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
     * Lets a due time be answered once more if it was answered longer ago, by the database's clock, than the interval:
     * then it has come again because a clock was set back.
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
     * Writes down a cycle that did not even begin.
     *
     * @return empty if another process has answered this due time before
     */
    public Optional<UUID> skip(String agent, Mode mode, @Nullable Instant dueAt, RunEnd end) {
        var id = Database.newId();
        var written = jdbi.withHandle(handle -> handle.createUpdate("""
                insert into run (id, agent, mode, outcome, skip_reason, fault, started_at, finished_at, due_at, owner)
                values (:id, :agent, :mode, :outcome, :reason, :why, :now, :now, :dueAt, :owner)
                on conflict do nothing""")
                .bind("id", id)
                .bind("agent", agent)
                .bind("mode", mode.name())
                .bind("outcome", end.outcome().name())
                .bind(
                        "reason",
                        end.skipReason() == null ? null : end.skipReason().name())
                .bind("why", end.fault() == null ? null : Json.storable(end.fault()))
                .bind("now", clock.instant())
                .bind("dueAt", dueAt)
                .bind("owner", locks.owner())
                .execute());
        return written == 1 ? Optional.of(id) : Optional.empty();
    }
}
