package dev.drydock.journal;

import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Keeps every call of a model, also those that came to nothing, for as long as is configured. */
@Singleton
@RetryConflicts
public class StoreCalls {

    private final Jdbi jdbi;
    private final Json json;

    StoreCalls(Jdbi jdbi, Json json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /** Stores calls in one statement, and once only: a second time does nothing. */
    public void store(List<ModelCall> calls) {
        if (calls.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate("""
                insert into model_call (id, agent, run_id, entry_id, model_asked, model_answered, route, prompt_name,
                    prompt_version, attempt, request, response, tokens_in, tokens_cached, tokens_out, tokens_reasoning,
                    tokens_cut, cost_usd, cost_origin, finish_reason, fault, from_cache, called_at, latency_ms, request_hash, repair)
                select id, agent, run_id, entry_id, model_asked, model_answered, route, prompt_name,
                    prompt_version, attempt, request::json, response::json, tokens_in, tokens_cached, tokens_out,
                    tokens_reasoning, tokens_cut, cost_usd, cost_origin, finish_reason, fault, from_cache, called_at, latency_ms,
                    md5(request)::uuid, request like '%That answer cannot be used:%'
                from json_to_recordset(:calls::json) as new (id uuid, agent text, run_id uuid, entry_id uuid,
                    model_asked text, model_answered text, route text, prompt_name text, prompt_version text,
                    attempt integer, request text, response text, tokens_in bigint, tokens_cached bigint,
                    tokens_out bigint, tokens_reasoning bigint, tokens_cut bigint, cost_usd numeric, cost_origin text,
                    finish_reason text, fault text, from_cache boolean, called_at timestamptz, latency_ms bigint)
                on conflict do nothing""")
                .bind(
                        "calls",
                        json.write(calls.stream().map(StoreCalls::columns).toList()))
                .execute());
    }

    private static Map<String, @Nullable Object> columns(ModelCall call) {
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", call.id());
        columns.put("agent", call.origin().agent());
        columns.put("run_id", call.origin().runId());
        columns.put("entry_id", call.origin().entryId());
        columns.put("model_asked", call.route().asked());
        columns.put("model_answered", call.route().answered());
        columns.put("route", call.route().why());
        columns.put("prompt_name", call.prompt().name());
        columns.put("prompt_version", call.prompt().version());
        columns.put("attempt", call.attempt());
        columns.put("request", call.request());
        columns.put("response", call.response());
        columns.put("tokens_in", call.tokens().in());
        columns.put("tokens_cached", call.tokens().cached());
        columns.put("tokens_out", call.tokens().out());
        columns.put("tokens_reasoning", call.tokens().reasoning());
        columns.put("tokens_cut", call.tokens().cut());
        columns.put("cost_usd", call.costUsd());
        columns.put("cost_origin", call.costOrigin());
        columns.put("finish_reason", call.finishReason());
        columns.put("fault", call.fault());
        columns.put("from_cache", call.fromCache());
        columns.put("called_at", call.calledAt().toString());
        columns.put("latency_ms", call.latency().toMillis());
        return columns;
    }
}
