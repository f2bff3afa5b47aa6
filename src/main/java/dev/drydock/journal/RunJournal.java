package dev.drydock.journal;

import dev.drydock.agent.Mode;
import dev.drydock.agent.Window;
import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/** Opens and closes runs. A database constraint lets each agent have one open run, over all processes. */
@Singleton
public class RunJournal {

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Duration lease;

    /** The runs that this process works on; only theirs are the leases that it renews. */
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

    /** This process, for as long as it lives. */
    private final UUID owner = Database.newId();

    RunJournal(Jdbi jdbi, InstantSource clock, DrydockConfig config) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.lease = config.runLease();
    }

    /** Opens a run, unless one is open whose process still renews its lease. An expired one becomes CRASHED. */
    public Optional<UUID> open(String agent, Mode mode) {
        var id = Database.newId();
        var now = clock.instant();
        var opened = jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                    update run set outcome = 'CRASHED', finished_at = :now,
                        fault = 'its process ended without a word; the entries it left open are taken up again'
                    where agent = :agent and outcome = 'RUNNING' and lease_until < :now""").bind("agent", agent).bind("now", now).execute();
            var rows = handle.createUpdate("""
                    insert into run (id, agent, mode, outcome, started_at, owner, lease_until)
                    values (:id, :agent, :mode, 'RUNNING', :now, :owner, :leaseUntil)
                    on conflict (agent) where outcome = 'RUNNING' do nothing""")
                    .bind("id", id)
                    .bind("agent", agent)
                    .bind("mode", mode.name())
                    .bind("now", now)
                    .bind("owner", owner)
                    .bind("leaseUntil", now.plus(lease))
                    .execute();
            return rows == 1 ? Optional.of(id) : Optional.<UUID>empty();
        });
        opened.ifPresent(underWay::add);
        return opened;
    }

    /** Says where the run can be seen from the inside. */
    public void traced(UUID id, String traceId) {
        jdbi.useHandle(handle -> handle.createUpdate("update run set trace_id = :trace where id = :id")
                .bind("id", id)
                .bind("trace", traceId)
                .execute());
    }

    /** Writes down a cycle that did not even begin. */
    public UUID skip(String agent, Mode mode, SkipReason reason, String why) {
        var id = Database.newId();
        jdbi.useHandle(handle -> handle.createUpdate("""
                insert into run (id, agent, mode, outcome, skip_reason, fault, started_at, finished_at, owner, lease_until)
                values (:id, :agent, :mode, 'SKIPPED', :reason, :why, :now, :now, :owner, :now)""")
                .bind("id", id)
                .bind("agent", agent)
                .bind("mode", mode.name())
                .bind("reason", reason.name())
                .bind("why", Json.storable(why))
                .bind("now", clock.instant())
                .bind("owner", owner)
                .execute());
        return id;
    }

    /** From where the last completed cycle ended, less the overlap; never further back than {@code lookBack}. */
    public Window windowFor(String agent, Duration lookBack, Duration overlap) {
        var now = clock.instant();
        var completed = jdbi.withHandle(handle -> handle.createQuery("""
                select window_to from run
                where agent = :agent and outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS')
                order by id desc limit 1""")
                .bind("agent", agent)
                .map((row, context) -> Columns.instant(row, "window_to"))
                .findOne());
        var earliest = now.minus(lookBack);
        var from = completed
                .map(end -> end.minus(overlap))
                .filter(start -> start.isAfter(earliest))
                .orElse(earliest);
        return new Window(from.isAfter(now) ? now : from, now, completed.isEmpty());
    }

    /** Says that the open runs of this process are alive. */
    public void renewLeases() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update run set lease_until = :until where id = any (:ids) and outcome = 'RUNNING'""")
                .bind("until", clock.instant().plus(lease))
                .bindArray("ids", UUID.class, List.copyOf(underWay))
                .execute());
    }

    /**
     * Closes a run and adds up what its model calls took.
     *
     * @return false if the run was no longer open: another process has taken it for crashed
     */
    public boolean close(UUID id, RunEnd end) {
        underWay.remove(id); // if closing fails, the lease runs out and the run counts as crashed
        return jdbi.withHandle(handle -> handle.createUpdate("""
                update run set outcome = :outcome, skip_reason = :skipReason, fault = :fault, finished_at = :now,
                    window_from = :windowFrom, window_to = :windowTo,
                    fetched = :fetched, admitted = :admitted, duplicates = :duplicates, decided = :decided, failed = :failed,
                    (tokens_in, tokens_out, cost_usd) = (
                        select coalesce(sum(tokens_in), 0), coalesce(sum(tokens_out), 0),
                            case when count(*) = count(cost_usd) then coalesce(sum(cost_usd), 0) end
                        from model_call where run_id = :id)
                where id = :id and outcome = 'RUNNING'""")
                        .bind("id", id)
                        .bind("now", clock.instant())
                        .bind("outcome", end.outcome().name())
                        .bind(
                                "skipReason",
                                end.skipReason() == null
                                        ? null
                                        : end.skipReason().name())
                        .bind("fault", end.fault() == null ? null : Json.storable(end.fault()))
                        .bind(
                                "windowFrom",
                                end.window() == null ? null : end.window().from())
                        .bind(
                                "windowTo",
                                end.window() == null ? null : end.window().to())
                        .bind("fetched", end.counts().fetched())
                        .bind("admitted", end.counts().admitted())
                        .bind("duplicates", end.counts().duplicates())
                        .bind("decided", end.counts().decided())
                        .bind("failed", end.counts().failed())
                        .execute())
                == 1;
    }
}
