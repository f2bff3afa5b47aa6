package dev.drydock.journal;

import dev.drydock.journal.ReviewEntries.When;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Runs whose outputs are HELD together, as a flood or because the run is HOLLOW. A person approves or rejects all of them at once. */
@Singleton
public class HeldRuns {

    private static final int SAMPLE = 3;

    /**
     * The outputs of a run that wait for a person.
     *
     * @param reason {@link HoldReason#FLOOD} or {@link HoldReason#HOLLOW}
     * @param labels the most frequent labels with their numbers
     * @param sample some of its entries
     */
    public record HeldRun(
            UUID runId, String agent, HoldReason reason, int held, List<String> labels, List<UUID> sample) {}

    private final Jdbi jdbi;
    private final InstantSource clock;

    HeldRuns(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What waits of one agent for this reason, the oldest run first. */
    public List<HeldRun> waiting(String agent, HoldReason reason) {
        return waiting().stream()
                .filter(run -> run.agent().equals(agent) && run.reason() == reason)
                .toList();
    }

    /** All that waits, once the runs have ended, the oldest first. */
    public List<HeldRun> waiting() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select flood_run, agent, hold_reason, count(*) as held,
                    (select array_agg(label || ' ' || entries) from (
                        select label, count(*) as entries from entry other
                        where other.agent = entry.agent and other.flood_run = entry.flood_run
                            and other.hold_reason = entry.hold_reason
                        group by label order by entries desc limit :sample) frequent) as labels,
                    (array_agg(id order by id))[1 : :sample] as sample
                from entry
                where flood_run is not null and hold_reason in ('FLOOD', 'HOLLOW')
                    and not exists (select from run where run.id = flood_run
                        and case hold_reason when 'FLOOD' then outcome = 'RUNNING' else outcome <> 'HOLLOW' end)
                group by flood_run, agent, hold_reason order by flood_run""")
                .bind("sample", SAMPLE)
                .map((row, context) -> new HeldRun(
                        row.getObject("flood_run", UUID.class),
                        row.getString("agent"),
                        HoldReason.valueOf(row.getString("hold_reason")),
                        row.getInt("held"),
                        List.of((String[]) row.getArray("labels").getArray()),
                        List.of((UUID[]) row.getArray("sample").getArray())))
                .list());
    }

    /**
     * Sends all outputs of a run on their way. Those that are not decided yet are delivered once they are. Outputs that are
     * HELD for another reason, such as a tool call that waits for an approval, still are.
     *
     * @return how many entries
     */
    public int approve(UUID runId) {
        return jdbi.inTransaction(handle -> approve(handle, runId, When.now(clock)));
    }

    /** The same within a transaction. */
    static int approve(Handle handle, UUID runId, When when) {
        var undecided = handle.createUpdate("""
                update entry set flood_run = null, next_delivery_at = :due where flood_run = :run and state = 'ADMITTED'""")
                .bind("run", runId)
                .bind("due", when.due())
                .execute();
        var held = handle.createUpdate("""
                update entry set state = 'PENDING', hold_reason = null, fault = null, approved_at = :now,
                    next_delivery_at = :due
                where flood_run = :run and state = 'HELD' and hold_reason in ('FLOOD', 'HOLLOW') and item is not null""")
                .bind("run", runId)
                .bind("now", when.approved())
                .bind("due", when.due())
                .execute();
        return undecided + held;
    }

    /**
     * Rejects all outputs of a run permanently, also what is not decided yet.
     *
     * @return how many entries
     */
    public int reject(UUID runId) {
        return jdbi.withHandle(handle -> reject(handle, runId, clock.instant()));
    }

    /** The same within a transaction. */
    static int reject(Handle handle, UUID runId, Instant now) {
        return handle.createUpdate("""
                update entry set state = 'REJECTED', hold_reason = null, fault = null, set_aside_at = :now
                where flood_run = :run and state in ('ADMITTED', 'HELD')""").bind("run", runId).bind("now", now).execute();
    }
}
