package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What model calls cost, and which of them were repeats or long. Failed calls count with what they may have cost. */
@Singleton
public class CostFigures {

    /**
     * The calls of one prompt of one agent by one model.
     *
     * @param prompt null if the call was made without an AI service
     * @param candidate whether a candidate made them, beside the agent
     * @param calls without answers from the cache
     * @param tokensIn of the answered calls with a known cost, as the other tokens
     * @param answeredUsd the cost of the answered calls
     * @param usd the known cost of all calls
     * @param unpriced the number of calls whose cost is not known
     */
    public record CallSite(
            String agent,
            @Nullable String prompt,
            String model,
            boolean candidate,
            long calls,
            long answered,
            long tokensIn,
            long tokensCached,
            long tokensOut,
            BigDecimal answeredUsd,
            BigDecimal usd,
            long unpriced) {}

    /** The calls for entries with one label; null for entries without one. */
    public record LabelSpend(String agent, @Nullable String label, long entries, BigDecimal usd) {}

    /** Calls that asked again, within a day, what was answered before. */
    public record Repeats(String agent, long calls, BigDecimal usd) {}

    /** The calls of one model whose input was longer than twice the median of their call site. */
    public record LongInputs(String agent, String model, long calls, long tokensOver) {}

    /** An entry that a model decided, and what its calls cost. */
    public record DecidedEntry(String item, String label, BigDecimal usd) {}

    private final Jdbi jdbi;

    CostFigures(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The most expensive first. */
    public List<CallSite> callSites(Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                with call as (
                    select *, fault is null and cost_usd is not null as answered from model_call
                    where called_at >= :since and agent is not null and not from_cache
                )
                select agent, prompt_name, coalesce(model_asked, model_answered, '-') as model,
                    coalesce(route = 'candidate', false) as candidate, count(*) as calls,
                    count(*) filter (where answered) as answered,
                    coalesce(sum(tokens_in) filter (where answered), 0) as tokens_in,
                    coalesce(sum(tokens_cached) filter (where answered), 0) as tokens_cached,
                    coalesce(sum(tokens_out) filter (where answered), 0) as tokens_out,
                    coalesce(sum(cost_usd) filter (where answered), 0) as answered_usd,
                    coalesce(sum(cost_usd), 0) as usd,
                    count(*) filter (where cost_usd is null) as unpriced
                from call group by agent, prompt_name, model, candidate order by usd desc, calls desc, agent, prompt_name""")
                .bind("since", since)
                .map((row, context) -> new CallSite(
                        row.getString("agent"),
                        row.getString("prompt_name"),
                        row.getString("model"),
                        row.getBoolean("candidate"),
                        row.getLong("calls"),
                        row.getLong("answered"),
                        row.getLong("tokens_in"),
                        row.getLong("tokens_cached"),
                        row.getLong("tokens_out"),
                        row.getBigDecimal("answered_usd"),
                        row.getBigDecimal("usd"),
                        row.getLong("unpriced")))
                .list());
    }

    /** By agent, the start of its first run since then. */
    public Map<String, Instant> firstRuns(Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select agent, min(started_at) as at from run where started_at >= :since group by agent")
                .bind("since", since)
                .map((row, context) -> Map.entry(row.getString("agent"), ResultSets.instant(row, "at")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The most expensive first. */
    public List<LabelSpend> byLabel(Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select entry.agent, label, count(distinct entry.id) as entries, coalesce(sum(cost_usd), 0) as usd
                from model_call join entry on entry.id = entry_id
                where called_at >= :since and not from_cache
                group by entry.agent, label order by usd desc, entries desc, agent, label""")
                .bind("since", since)
                .map((row, context) -> new LabelSpend(
                        row.getString("agent"),
                        row.getString("label"),
                        row.getLong("entries"),
                        row.getBigDecimal("usd")))
                .list());
    }

    /**
     * First attempts with the same masked request, on the same day in UTC. Of each group the most expensive call is left
     * out, so a cache that keeps answers for a day saves at least this.
     */
    public List<Repeats> repeats(Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                with asked as (
                    select agent, count(*) - 1 as calls, sum(cost_usd) - max(cost_usd) as usd from model_call
                    where called_at >= :since and agent is not null and entry_id is not null and not from_cache
                        and fault is null and attempt = 1
                    group by agent, md5(request::text), (called_at at time zone 'UTC')::date having count(*) > 1
                )
                select agent, sum(calls) as calls, coalesce(sum(usd), 0) as usd from asked group by agent order by usd desc""")
                .bind("since", since)
                .map((row, context) ->
                        new Repeats(row.getString("agent"), row.getLong("calls"), row.getBigDecimal("usd")))
                .list());
    }

    /** Of call sites with at least {@code leastCalls} answers. */
    public List<LongInputs> longInputs(Instant since, int leastCalls) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                with call as (
                    select agent, coalesce(prompt_name, '') as prompt, coalesce(model_asked, model_answered, '-') as model,
                        tokens_in
                    from model_call
                    where called_at >= :since and agent is not null and not from_cache and fault is null and tokens_in > 0
                        and route is distinct from 'candidate'
                ), site as (
                    select agent, prompt, model, 2 * percentile_disc(0.5) within group (order by tokens_in) as most
                    from call group by agent, prompt, model having count(*) >= :least
                )
                select agent, model, count(*) as calls, sum(tokens_in - most) as over
                from call join site using (agent, prompt, model)
                where tokens_in > most group by agent, model order by over desc""")
                .bind("since", since)
                .bind("least", leastCalls)
                .map((row, context) -> new LongInputs(
                        row.getString("agent"), row.getString("model"), row.getLong("calls"), row.getLong("over")))
                .list());
    }

    /** The agent's latest entries that a model decided, as far as their items are kept; one at a time, the newest first. */
    public void decidedByModel(String agent, Instant since, int limit, Consumer<DecidedEntry> reader) {
        jdbi.useTransaction(handle -> handle.createQuery("""
                select item, label, (select coalesce(sum(cost_usd), 0) from model_call where entry_id = entry.id) as usd
                from entry
                where agent = :agent and decided_at >= :since and decided_by = 'MODEL' and label is not null
                    and item is not null
                order by decided_at desc limit :limit""")
                .bind("agent", agent)
                .bind("since", since)
                .bind("limit", limit)
                .setFetchSize(50)
                .map((row, context) ->
                        new DecidedEntry(row.getString("item"), row.getString("label"), row.getBigDecimal("usd")))
                .useStream(entries -> entries.forEach(reader)));
    }
}
