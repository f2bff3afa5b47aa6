package dev.drydock.journal;

import dev.drydock.agent.Mode;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Stores what became of entries in the decide step: decisions, failures, and what waits for a person. */
@Singleton
@RetryConflicts
public class StoreDecisions {

    /**
     * A decision as it is stored.
     *
     * @param decision JSON of the agent's decision record
     * @param tokensCut how much of the item the model was not shown
     * @param held true if a person must approve a tool call first, whatever the mode
     */
    public record Decision(UUID entryId, String decision, String label, boolean byRule, long tokensCut, boolean held) {}

    /** An entry that could not be decided this time. */
    public record Failure(UUID entryId, String fault) {}

    /** Why an output that belongs to a flood is HELD. */
    private static final String FLOOD =
            "FLOOD: its run would have delivered far more than usual; a person approves or rejects all of them at once";

    private final Jdbi jdbi;
    private final InstantSource clock;

    StoreDecisions(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Stores decisions with the state that the mode sends them to, and adds them to the run's. This is the one place where shadow
     * mode differs. What belongs to a flood is HELD instead of PENDING. A run that has been taken for crashed meanwhile stores
     * nothing.
     */
    public void decided(UUID runId, Mode mode, List<Decision> decisions) {
        if (decisions.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate("""
                with stored as (
                    update entry set
                        state = case when new.held or :live and flood_run is not null then 'HELD' else :state end,
                        fault = case when :live and flood_run is not null then :flood end,
                        mode = :mode, decision = new.decision::json, label = new.label, decided_by = new.decided_by,
                        tokens_cut = new.tokens_cut, run_id = :run, decided_at = :now, next_delivery_at = :now
                    from unnest(:ids, :decisions, :labels, :deciders, :cuts, :held)
                        as new (entry_id, decision, label, decided_by, tokens_cut, held)
                    where entry.id = new.entry_id and state = 'ADMITTED'
                        and exists (select from run where run.id = :run and outcome = 'RUNNING')
                    returning entry.id
                )
                update run set decided = decided + (select count(*) from stored) where id = :run and outcome = 'RUNNING'""")
                .bind("run", runId)
                .bind("mode", mode.name())
                .bind("live", mode == Mode.LIVE)
                .bind("flood", FLOOD)
                .bind("state", EntryState.afterDecision(mode).name())
                .bind("now", clock.instant())
                .bindArray(
                        "ids",
                        UUID.class,
                        decisions.stream().map(Decision::entryId).toList())
                .bindArray(
                        "decisions",
                        String.class,
                        decisions.stream().map(Decision::decision).toList())
                .bindArray(
                        "labels",
                        String.class,
                        decisions.stream()
                                .map(decision -> Json.storable(decision.label()))
                                .toList())
                .bindArray(
                        "deciders",
                        String.class,
                        decisions.stream()
                                .map(decision -> decision.byRule() ? "RULE" : "MODEL")
                                .toList())
                .bindArray(
                        "cuts",
                        Long.class,
                        decisions.stream().map(Decision::tokensCut).toList())
                .bindArray(
                        "held",
                        Boolean.class,
                        decisions.stream().map(Decision::held).toList())
                .execute());
    }

    /** Counts a failed cycle against each entry, and sets aside those that have had {@code poisonAfter} of them. */
    public void failed(UUID runId, int poisonAfter, List<Failure> failures) {
        if (failures.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate("""
                update entry set attempts = attempts + 1, fault = new.fault, run_id = :run,
                    state = case when attempts + 1 >= :poisonAfter then 'POISONED' else state end
                from unnest(:ids, :faults) as new (entry_id, fault)
                where entry.id = new.entry_id and state = 'ADMITTED'
                    and exists (select from run where run.id = :run and outcome = 'RUNNING')""")
                .bind("run", runId)
                .bind("poisonAfter", poisonAfter)
                .bindArray(
                        "ids",
                        UUID.class,
                        failures.stream().map(Failure::entryId).toList())
                .bindArray(
                        "faults",
                        String.class,
                        failures.stream()
                                .map(failure -> Json.storable(failure.fault()))
                                .toList())
                .execute());
    }

    /** Sets entries aside for a person, whose approval a tool call needs before they can be decided. */
    public void held(UUID runId, Mode mode, List<Failure> refused) {
        if (refused.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate("""
                update entry set state = 'HELD', mode = :mode, fault = new.fault, run_id = :run
                from unnest(:ids, :faults) as new (entry_id, fault)
                where entry.id = new.entry_id and state = 'ADMITTED'
                    and exists (select from run where run.id = :run and outcome = 'RUNNING')""")
                .bind("run", runId)
                .bind("mode", mode.name())
                .bindArray(
                        "ids",
                        UUID.class,
                        refused.stream().map(Failure::entryId).toList())
                .bindArray(
                        "faults",
                        String.class,
                        refused.stream()
                                .map(failure -> Json.storable(failure.fault()))
                                .toList())
                .execute());
    }
}
