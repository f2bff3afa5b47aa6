package dev.drydock.journal;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent's model calls of one day. Tokens and latencies are counted by their first two digits, so that the figures of several days
 * can be added.
 *
 * @param all with answers from the cache, which only {@code whole} and {@code counted} know as well
 * @param retries later attempts that succeeded
 * @param repairs that asked again after an answer that could not be used
 * @param whole with the full request, and the full answer unless the call failed
 * @param counted with tokens and latency
 * @param latencies calls by milliseconds, without those of a candidate
 * @param repeats first attempts with a request that was answered before on the same day
 * @param repeatsUsd what they cost; of equal requests the most expensive is left out
 */
@RegisterForReflection
public record CallDay(
        long all,
        long retries,
        long repairs,
        long whole,
        long counted,
        List<Site> sites,
        List<Inputs> inputs,
        List<Label> labels,
        List<Used> used,
        Map<Long, Long> latencies,
        long repeats,
        BigDecimal repeatsUsd) {

    /** Of {@code day.agent} from {@code day.starts_at} to before {@code day.ends_at}. */
    static final String SQL = """
            with call as materialized (
                select entry_id, prompt_name, prompt_version, model_asked, model_answered, attempt, tokens_in, tokens_cached,
                    tokens_out, cost_usd, fault, from_cache, called_at, latency_ms, coalesce(route, '') as route,
                    coalesce(model_asked, model_answered, '-') as model, fault is null and cost_usd is not null as answered,
                    request is not null and (response is not null or fault is not null) as whole,
                    coalesce(repair, request::text like '%That answer cannot be used:%') as repair,
                    coalesce(request_hash, md5(request::text)::uuid) as request_hash
                from model_call where agent = day.agent and called_at >= day.starts_at and called_at < day.ends_at
            ), site as (
                select prompt_name as prompt, model, route = 'candidate' as candidate, count(*) as calls,
                    count(*) filter (where answered) as answered,
                    coalesce(sum(tokens_in) filter (where answered), 0) as "tokensIn",
                    coalesce(sum(tokens_cached) filter (where answered), 0) as "tokensCached",
                    coalesce(sum(tokens_out) filter (where answered), 0) as "tokensOut",
                    coalesce(sum(cost_usd) filter (where answered), 0) as "answeredUsd",
                    coalesce(sum(cost_usd), 0) as usd, count(*) filter (where cost_usd is null) as unpriced
                from call where not from_cache group by prompt_name, model, route = 'candidate'
            ), input as (
                select prompt, model, json_object_agg(tokens, calls) as tokens from (
                    select prompt_name as prompt, model, TWO_DIGITS(tokens_in) as tokens, count(*) as calls from call
                    where not from_cache and fault is null and tokens_in > 0 and route <> 'candidate'
                    group by prompt_name, model, tokens
                ) counted group by prompt, model
            ), by_label as (
                select label, count(distinct entry.id) as entries, coalesce(sum(cost_usd), 0) as usd
                from call join entry on entry.id = entry_id where not from_cache group by label
            ), used as (
                select 'prompt ' || coalesce(prompt_name, '') as what, prompt_version as version, min(called_at) as at
                from call where prompt_version is not null and route not in ('candidate', 'unused') group by what, version
                union all
                select 'model', coalesce(model_asked, model_answered), min(called_at)
                from call where route not in ('candidate', 'unused', 'fallback') and coalesce(model_asked, model_answered) is not null
                group by coalesce(model_asked, model_answered)
            ), latency as (
                select TWO_DIGITS(latency_ms) as millis, count(*) as calls
                from call where not from_cache and route <> 'candidate' group by millis
            ), repeated as (
                select count(*) - 1 as calls, sum(cost_usd) - max(cost_usd) as usd from call
                where entry_id is not null and not from_cache and fault is null and attempt = 1
                group by request_hash having count(*) > 1
            )
            select counts.*,
                (select coalesce(json_agg(site), '[]') from site) as sites,
                (select coalesce(json_agg(input), '[]') from input) as inputs,
                (select coalesce(json_agg(by_label), '[]') from by_label) as labels,
                (select coalesce(json_agg(used), '[]') from used) as used,
                (select coalesce(json_object_agg(millis, calls), '{}') from latency) as latencies,
                (select coalesce(sum(calls), 0) from repeated) as repeats,
                (select coalesce(sum(usd), 0) from repeated) as "repeatsUsd"
            from (
                select count(*) as "all", count(*) filter (where attempt > 1 and fault is null) as retries,
                    count(*) filter (where repair and fault is null) as repairs, count(*) filter (where whole) as whole,
                    count(*) filter (where tokens_in is not null and latency_ms is not null) as counted
                from call
            ) counts""".replaceAll(
                    "TWO_DIGITS\\((\\w+)\\)", "round($1, least(0, 1 - floor(log(greatest($1, 1)::float8))::integer))");

    /** The calls of one prompt by one model. */
    @RegisterForReflection
    public record Site(
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

    /** How many answered calls of one prompt by one model had how many input tokens, without those of a candidate. */
    @RegisterForReflection
    public record Inputs(@Nullable String prompt, String model, Map<Long, Long> tokens) {}

    /** The calls for entries with one label; null for entries without one. */
    @RegisterForReflection
    public record Label(@Nullable String label, long entries, BigDecimal usd) {}

    /** When a version of a prompt, or a model, was first used on the day. */
    @RegisterForReflection
    public record Used(String what, String version, OffsetDateTime at) {}
}
