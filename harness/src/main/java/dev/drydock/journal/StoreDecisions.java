package dev.drydock.journal;

import static dev.drydock.journal.Columns.column;

import dev.drydock.agent.Mode;
import dev.drydock.config.LiveLabels;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Stores what became of entries in the decide step: decisions, failures, and what waits for a person. */
@Singleton
@RetryConflicts
public class StoreDecisions {

    /**
     * A decision as it is stored.
     *
     * @param decision JSON of the agent's decision record
     * @param tokensCut how much of the item the model was not shown
     * @param hold why it is not delivered, whatever the mode; null if the mode decides
     * @param calls the tool calls that it rests on; null if none was proposed, now or in an earlier attempt
     * @param asked the prompts and models that it comes from
     */
    public record Decision(
            UUID entryId,
            String decision,
            String label,
            boolean byRule,
            long tokensCut,
            @Nullable Hold hold,
            @Nullable List<UUID> calls,
            List<Asked> asked) {}

    /** Why a person must look at an entry; {@code why} is for that person. */
    public record Hold(HoldReason reason, String why) {}

    /** An entry that could not be decided this time. */
    public record Failure(UUID entryId, String fault) {}

    /** An entry that is not decided until a person has looked at it. */
    public record Held(UUID entryId, Hold hold) {}

    static final String LABEL_NOT_LIVE =
            "LABEL: outputs with this label are not delivered by themselves, by live-labels; a person approves or rejects each";

    private final Jdbi jdbi;
    private final InstantSource clock;

    StoreDecisions(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Stores decisions with the state that the mode sends them to, and adds them to the run's. This is the one place where shadow
     * mode differs. In live mode, an output whose label is not live is HELD, as is what belongs to a flood, whether its run is judged or not. A decision that a
     * person has approved already, together with its tool calls, is delivered if it is still the same now that these are made. A run that has been
     * taken for crashed meanwhile stores nothing.
     */
    public void decided(UUID runId, Mode mode, LiveLabels labels, List<Decision> decisions) {
        jdbi.useTransaction(handle -> {
            store(handle, runId, mode, labels, decisions);
            withdraw(handle, decisions);
            handle.createUpdate("""
                    delete from batch_call using entry
                    where entry.id = entry_id and entry_id = any (:entries) and entry.state <> 'ADMITTED' and not (%s)""".formatted(BatchedCalls.PAID_AND_UNUSED))
                    .bindArray("entries", UUID.class, column(decisions, Decision::entryId))
                    .execute();
        });
    }

    private void store(Handle handle, UUID runId, Mode mode, LiveLabels live, List<Decision> decisions) {
        handle.createUpdate("""
                with reasoned as (
                    select id, new.*, case when hold <> 'HOLLOW' then hold
                        when :mode = 'LIVE' and approved_decision::text is distinct from new.decision and not (
                            case :live when 'ALL' then true when 'FIXED' then new.label = any (:fixed)
                                else exists (select from earned_label
                                    where earned_label.agent = entry.agent and earned_label.label = new.label and live) end)
                            then 'LABEL'
                        when hold = 'HOLLOW' and flood_run is null then hold
                        when :mode = 'LIVE' and flood_run is not null then 'FLOOD'
                        when :mode = 'REVIEW' and approved_decision::text is distinct from new.decision then 'REVIEW' end as reason
                    from entry join unnest(:ids, :decisions, :labels, :deciders, :cuts, :holds, :faults, :asked)
                        as new (entry_id, decision, label, decider, cut, hold, fault, asked_of) on entry_id = id
                    where state = 'ADMITTED' and exists (select from run where run.id = :run and outcome = 'RUNNING')
                ), decided as (
                    select *, case when reason is not null then 'HELD' when :mode = 'REVIEW' then 'PENDING' else :state end as state
                    from reasoned
                ), stored as (
                    update entry set state = new.state, mode = :mode, decision = new.decision::json, label = new.label,
                        decided_by = decider, tokens_cut = cut, asked = string_to_array(asked_of, E'\n'), run_id = :run, decided_at = :now, next_delivery_at = :now,
                        approved_decision = null, original_decision = null, original_label = null, starts = 0,
                        approved_at = case when :mode = 'REVIEW' and new.state = 'PENDING' then :now::timestamptz end,
                        fault = case reason when 'FLOOD' then :flood when 'LABEL' then :notLive else new.fault end,
                        hold_reason = reason
                    from decided new where entry.id = new.id and entry.state = 'ADMITTED'
                    returning entry.id
                )
                update run set decided = decided + (select count(*) from stored) where id = :run and outcome = 'RUNNING'""")
                .bind("run", runId)
                .bind("mode", mode.name())
                .bind("flood", Floods.WHY)
                .bind("notLive", LABEL_NOT_LIVE)
                .bind("live", live.kind().name())
                .bindArray("fixed", String.class, live.fixed())
                .bind("state", EntryState.afterDecision(mode).name())
                .bind("now", clock.instant())
                .bindArray("ids", UUID.class, column(decisions, Decision::entryId))
                .bindArray("decisions", String.class, column(decisions, Decision::decision))
                .bindArray("labels", String.class, column(decisions, decision -> Json.storable(decision.label())))
                .bindArray(
                        "deciders", String.class, column(decisions, decision -> decision.byRule() ? "RULE" : "MODEL"))
                .bindArray("cuts", Long.class, column(decisions, Decision::tokensCut))
                .bindArray("asked", String.class, column(decisions, StoreDecisions::asked))
                .bindArray("holds", String.class, column(decisions, StoreDecisions::reason))
                .bindArray("faults", String.class, column(decisions, StoreDecisions::why))
                .execute();
    }

    private static String asked(Decision decision) {
        return decision.asked().stream().map(Asked::toString).collect(Collectors.joining("\n"));
    }

    private static @Nullable String reason(Decision decision) {
        return decision.hold() == null ? null : decision.hold().reason().name();
    }

    private static @Nullable String why(Decision decision) {
        return decision.hold() == null ? null : Json.storable(decision.hold().why());
    }

    /** Tool calls of earlier attempts that were not made, and that these decisions do not rest on. */
    private void withdraw(Handle handle, List<Decision> decisions) {
        var again =
                decisions.stream().filter(decision -> decision.calls() != null).toList();
        if (again.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                update side_effect set state = 'WITHDRAWN', settled_at = :now
                where entry_id = any (:entries) and state in ('RECORDED', 'PROPOSED', 'WAITING', 'APPROVED')
                    and id <> all (:calls)""")
                .bind("now", clock.instant())
                .bindArray("entries", UUID.class, column(again, Decision::entryId))
                .bindArray(
                        "calls",
                        UUID.class,
                        again.stream()
                                .flatMap(decision -> Objects.requireNonNull(decision.calls()).stream())
                                .toList())
                .execute();
    }

    /**
     * Counts a failed cycle against each entry, and sets aside those that have had {@code poisonAfter} of them. What they have used of
     * the answers of a batch is not used again.
     */
    public void failed(UUID runId, int poisonAfter, List<Failure> failures) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                with failed as (
                    delete from batch_call where entry_id = any (:ids) and state = 'ANSWERED' and not (%s)
                )
                update entry set attempts = attempts + 1, starts = 0, fault = new.fault, run_id = :run,
                    state = case when attempts + 1 >= :poisonAfter then 'POISONED' else state end,
                    set_aside_at = case when attempts + 1 >= :poisonAfter then :now::timestamptz end
                from unnest(:ids, :faults) as new (entry_id, fault)
                where entry.id = new.entry_id and state = 'ADMITTED'
                    and exists (select from run where run.id = :run and outcome = 'RUNNING')""".formatted(BatchedCalls.PAID_AND_UNUSED))
                .bind("run", runId)
                .bind("poisonAfter", poisonAfter)
                .bind("now", clock.instant())
                .bindArray("ids", UUID.class, column(failures, Failure::entryId))
                .bindArray("faults", String.class, column(failures, failure -> Json.storable(failure.fault())))
                .execute());
    }

    /** Sets entries aside for a person, who must look at a tool call before they can be decided. */
    public void held(UUID runId, Mode mode, List<Held> held) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update entry set state = 'HELD', mode = :mode, fault = new.fault, hold_reason = new.reason, run_id = :run,
                    starts = 0, approved_at = null
                from unnest(:ids, :reasons, :faults) as new (entry_id, reason, fault)
                where entry.id = new.entry_id and state = 'ADMITTED'
                    and exists (select from run where run.id = :run and outcome = 'RUNNING')""")
                .bind("run", runId)
                .bind("mode", mode.name())
                .bindArray("ids", UUID.class, column(held, Held::entryId))
                .bindArray(
                        "reasons",
                        String.class,
                        column(held, one -> one.hold().reason().name()))
                .bindArray(
                        "faults",
                        String.class,
                        column(held, one -> Json.storable(one.hold().why())))
                .execute());
    }
}
