package dev.drydock.journal;

import dev.drydock.agent.Expectation.Figures;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * What an agent's runs decided since the last one that completed. The next run that completes is judged by all of it, so that a run
 * that crashed and the one that went on with it count as one. Outputs of an agent that expects something of its runs are stored
 * as HELD, and leave only here or by a person: a crash at any point leaves them HELD.
 */
@Singleton
@RetryConflicts
public class UnjudgedOutputs {

    /** Why such an output is HELD. */
    public static final String WHY =
            "HOLLOW: its run is not judged yet, or is not as its agent expects; then a person approves or rejects all of its outputs at once";

    private static final String UNJUDGED = """
            with judged as (
                select entry.id, run_id, label, decided_by from entry join run on run.id = run_id
                where run.agent = :agent and decision is not null and state not in ('ADMITTED', 'POISONED')
                    and seq > (select coalesce(max(seq), 0) from run
                        where agent = :agent and outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS', 'HOLLOW'))
            )
            """;

    private final Jdbi jdbi;

    UnjudgedOutputs(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The figures of what was decided.
     *
     * @param left entries that the run leaves to the next one
     */
    public Figures figures(String agent, int left) {
        return jdbi.withHandle(handle -> {
            var labels = handle.createQuery(UNJUDGED + "select label, count(*) as entries from judged group by label")
                    .bind("agent", agent)
                    .reduceRows(new TreeMap<String, Integer>(), (all, row) -> {
                        all.put(row.getColumn("label", String.class), row.getColumn("entries", Integer.class));
                        return all;
                    });
            var tokens = handle.createQuery(UNJUDGED + """
                    select avg(tokens) from (
                        select sum(tokens_out) as tokens from judged
                        join model_call on model_call.entry_id = judged.id and model_call.run_id = judged.run_id
                        where decided_by = 'MODEL' group by judged.id
                    ) as entry""")
                    .bind("agent", agent)
                    .mapTo(Double.class)
                    .findOne();
            var decided = labels.values().stream().mapToInt(Integer::intValue).sum();
            return new Figures(
                    decided + left, labels, tokens.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
        });
    }

    /** The run is as expected: what waits for that is to be delivered. */
    public void release(String agent, UUID runId) {
        update("state = 'PENDING', hold_reason = null, fault = null, flood_run = null", agent, runId);
    }

    /** The run is HOLLOW: once it is closed as that, what waits is approved or rejected with it. */
    public void hold(String agent, UUID runId) {
        update("flood_run = :run", agent, runId);
    }

    /** What a run that was closed as HOLLOW holds is left to a person. */
    private void update(String change, String agent, UUID runId) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update entry set %s
                where agent = :agent and state = 'HELD' and hold_reason = 'HOLLOW'
                    and not exists (select from run where run.id = flood_run and outcome = 'HOLLOW')
                    and exists (select from run where run.id = :run and outcome = 'RUNNING')""".formatted(change))
                .bind("agent", agent)
                .bind("run", runId)
                .execute());
    }
}
