package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Runs that would have delivered far more than usual. Their outputs are HELD, until a person approves or rejects them all. */
@Singleton
public class Floods {

    /** Why an output that belongs to a flood is HELD. */
    static final String WHY =
            "FLOOD: its run would have delivered far more than usual; a person approves or rejects all of them at once";

    private final Jdbi jdbi;

    Floods(Jdbi jdbi) {
        this.jdbi = jdbi;
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
}
