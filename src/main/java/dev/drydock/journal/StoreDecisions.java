package dev.drydock.journal;

import dev.drydock.agent.Mode;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Stores what became of entries in the decide step: decisions, failures, and the model calls that led there. */
@Singleton
public class StoreDecisions {

    /** A decision as it is stored: {@code decision} is JSON of the agent's decision record. */
    public record Decision(UUID entryId, String decision, String label, boolean byRule) {}

    /** An entry that could not be decided this time. */
    public record Failure(UUID entryId, String fault) {}

    /** A model call and the entry that it was made for. */
    public record EntryCall(UUID entryId, ModelCall call) {}

    private final Jdbi jdbi;
    private final Json json;
    private final InstantSource clock;

    StoreDecisions(Jdbi jdbi, Json json, InstantSource clock) {
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Stores decisions with the state that the mode sends them to. This is the one place where shadow mode differs.
     *
     * @return how many were stored: fewer if the run has been taken for crashed meanwhile
     */
    public int decided(UUID runId, Mode mode, List<Decision> decisions) {
        if (decisions.isEmpty()) {
            return 0;
        }
        return jdbi.withHandle(handle -> handle.createUpdate("""
                update entry set state = :state, mode = :mode, decision = new.decision::json, label = new.label,
                    decided_by = new.decided_by, fault = null, run_id = :run, decided_at = :now, next_delivery_at = :now
                from unnest(:ids, :decisions, :labels, :deciders) as new (entry_id, decision, label, decided_by)
                where entry.id = new.entry_id and state = 'ADMITTED'
                    and exists (select from run where run.id = :run and outcome = 'RUNNING')""")
                .bind("run", runId)
                .bind("mode", mode.name())
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
                where entry.id = new.entry_id and state = 'ADMITTED'""")
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

    /** Keeps every call, also those of attempts that came to nothing. */
    public void calls(UUID runId, List<EntryCall> calls) {
        if (calls.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate("""
                insert into model_call (id, run_id, entry_id, model_asked, model_answered, request, response, tokens_in,
                    tokens_out, cost_usd, finish_reason, fault, called_at, latency_ms)
                select id, :run, entry_id, model_asked, model_answered, request::json, response::json, tokens_in,
                    tokens_out, cost_usd, finish_reason, fault, called_at, latency_ms
                from json_to_recordset(:calls::json) as new (id uuid, entry_id uuid, model_asked text,
                    model_answered text, request text, response text, tokens_in bigint, tokens_out bigint,
                    cost_usd numeric, finish_reason text, fault text, called_at timestamptz, latency_ms bigint)""")
                .bind("run", runId)
                .bind(
                        "calls",
                        json.write(calls.stream().map(StoreDecisions::columns).toList()))
                .execute());
    }

    private static Map<String, @Nullable Object> columns(EntryCall entryCall) {
        var call = entryCall.call();
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", call.id().toString());
        columns.put("entry_id", entryCall.entryId().toString());
        columns.put("model_asked", call.modelAsked());
        columns.put("model_answered", call.modelAnswered());
        columns.put("request", call.request());
        columns.put("response", call.response());
        columns.put("tokens_in", call.tokensIn());
        columns.put("tokens_out", call.tokensOut());
        columns.put("cost_usd", call.costUsd());
        columns.put("finish_reason", call.finishReason());
        columns.put("fault", call.fault());
        columns.put("called_at", call.calledAt().toString());
        columns.put("latency_ms", call.latency().toMillis());
        return columns;
    }
}
