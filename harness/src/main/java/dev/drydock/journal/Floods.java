package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Runs that would have delivered far more than usual. Their outputs are HELD, until a person approves or rejects them all. */
@Singleton
public class Floods {

    /** Why an output that belongs to a flood is HELD. */
    static final String WHY =
            "FLOOD: its run would have delivered far more than usual; a person approves or rejects all of them at once";

    private static final int SAMPLE = 3;

    /**
     * The outputs of a run that wait for a person.
     *
     * @param labels the most frequent labels with their numbers
     * @param sample some of its entries
     */
    public record Flood(UUID runId, String agent, int held, List<String> labels, List<UUID> sample) {}

    private final Jdbi jdbi;
    private final InstantSource clock;

    Floods(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The number of entries that the agent's largest run since then decided, without floods that nobody approved. */
    public int largestRun(String agent, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                with unwanted as (
                    select run_id, count(*) as entries from entry
                    where agent = :agent and flood_run is not null and state in ('HELD', 'REJECTED') group by run_id
                )
                select coalesce(max(decided - coalesce(entries, 0)), 0)
                from run left join unwanted on unwanted.run_id = run.id
                where agent = :agent and started_at >= :since""")
                .bind("agent", agent)
                .bind("since", since)
                .mapTo(Integer.class)
                .one());
    }

    /** How many entries a run would decide that belong to no flood yet. */
    public int undecided(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) from entry
                where agent = :agent and state = 'ADMITTED' and not deferred and flood_run is null""")
                .bind("agent", agent)
                .mapTo(Integer.class)
                .one());
    }

    /** From now on their decisions are stored as HELD, whichever run makes them. */
    public void hold(String agent, UUID runId) {
        jdbi.useHandle(handle ->
                handle.createUpdate("""
                update entry set flood_run = :run
                where agent = :agent and state = 'ADMITTED' and not deferred and flood_run is null""").bind("agent", agent).bind("run", runId).execute());
    }

    /** The agent's oldest flood that waits for a person. */
    public Optional<Flood> waiting(String agent) {
        return waiting().stream().filter(flood -> flood.agent().equals(agent)).findFirst();
    }

    /** All floods that wait for a person, once their runs have ended; the oldest first. */
    public List<Flood> waiting() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select flood_run, agent, count(*) as held,
                    (select array_agg(label || ' ' || entries) from (
                        select label, count(*) as entries from entry other
                        where other.agent = entry.agent and other.flood_run = entry.flood_run and hold_reason = 'FLOOD'
                        group by label order by entries desc limit :sample) frequent) as labels,
                    (array_agg(id order by id))[1 : :sample] as sample
                from entry
                where flood_run is not null and hold_reason = 'FLOOD'
                    and not exists (select from run where run.id = flood_run and outcome = 'RUNNING')
                group by flood_run, agent order by flood_run""")
                .bind("sample", SAMPLE)
                .map((row, context) -> new Flood(
                        row.getObject("flood_run", UUID.class),
                        row.getString("agent"),
                        row.getInt("held"),
                        List.of((String[]) row.getArray("labels").getArray()),
                        List.of((UUID[]) row.getArray("sample").getArray())))
                .list());
    }

    /**
     * Sends all outputs of a flood on their way. Those that are not decided yet are delivered once they are. Outputs that are
     * HELD for another reason, such as a tool call that waits for an approval, still are.
     *
     * @return how many entries
     */
    public int approve(UUID runId) {
        return jdbi.inTransaction(handle -> {
            var undecided = handle.createUpdate(
                            "update entry set flood_run = null where flood_run = :run and state = 'ADMITTED'")
                    .bind("run", runId)
                    .execute();
            var held = handle.createUpdate("""
                    update entry set state = 'PENDING', hold_reason = null, fault = null, approved_at = :now,
                        next_delivery_at = :now
                    where flood_run = :run and state = 'HELD' and hold_reason = 'FLOOD' and item is not null""")
                    .bind("run", runId)
                    .bind("now", clock.instant())
                    .execute();
            return undecided + held;
        });
    }

    /**
     * Rejects all of a flood permanently, also what is not decided yet.
     *
     * @return how many entries
     */
    public int reject(UUID runId) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                update entry set state = 'REJECTED', hold_reason = null, fault = null, set_aside_at = :now
                where flood_run = :run and state in ('ADMITTED', 'HELD')""")
                .bind("run", runId)
                .bind("now", clock.instant())
                .execute());
    }
}
