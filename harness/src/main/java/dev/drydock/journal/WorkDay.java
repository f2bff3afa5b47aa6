package dev.drydock.journal;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;

/**
 * An agent's entries and ended runs of one day.
 *
 * @param inputs entries that were admitted
 * @param byRule decided by {@code Agent.rule}
 * @param cut decided although something had to be cut from them
 * @param twice delivered more than once, though no person sent them again
 * @param judged approved, rejected or given feedback on by a person
 * @param traced runs with a trace id
 * @param shadowDecided entries that runs in shadow mode decided
 * @param unpriced runs whose cost is not known
 */
@RegisterForReflection
public record WorkDay(
        long inputs,
        long decided,
        long byRule,
        long labelled,
        long cut,
        long delivered,
        long twice,
        long judged,
        long runs,
        long completed,
        long duplicates,
        long traced,
        long shadowDecided,
        long shadowFailed,
        long unpriced,
        long tokensIn,
        BigDecimal usd) {

    /** Of {@code day.agent} from {@code day.starts_at} to before {@code day.ends_at}. */
    static final String SQL = """
            select entries.*, delivered.*, runs.*,
                (
                    select count(*) from entry
                    where agent = day.agent and admitted_at >= day.starts_at and admitted_at < day.ends_at
                ) as inputs, (
                    select count(*) from (
                        select id from entry
                        where agent = day.agent and approved_at >= day.starts_at and approved_at < day.ends_at
                        union
                        select id from entry
                        where agent = day.agent and state = 'REJECTED'
                            and set_aside_at >= day.starts_at and set_aside_at < day.ends_at
                        union
                        select entry_id from feedback join entry on entry.id = entry_id
                        where agent = day.agent and given_at >= day.starts_at and given_at < day.ends_at
                    ) output
                ) as judged
            from (
                select count(*) as decided, count(*) filter (where decided_by = 'RULE') as "byRule",
                    count(label) as labelled, count(*) filter (where tokens_cut > 0) as cut
                from entry where agent = day.agent and decided_at >= day.starts_at and decided_at < day.ends_at
            ) entries, (
                select count(*) as delivered,
                    count(*) filter (where delivery_attempts > 1 and returned_at is null and earlier_deliveries = 0 and 1 < (
                        select count(*) from delivery where entry_id = entry.id and outcome = 'DELIVERED')) as twice
                from entry where agent = day.agent and delivered_at >= day.starts_at and delivered_at < day.ends_at
            ) delivered, (
                select count(*) as runs,
                    count(*) filter (where outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS')) as completed,
                    coalesce(sum(duplicates), 0) as duplicates, count(trace_id) as traced,
                    coalesce(sum(decided) filter (where mode = 'SHADOW'), 0) as "shadowDecided",
                    coalesce(sum(failed) filter (where mode = 'SHADOW'), 0) as "shadowFailed",
                    count(*) filter (where cost_usd is null) as unpriced,
                    coalesce(sum(tokens_in), 0) as "tokensIn", coalesce(sum(cost_usd), 0) as usd
                from run
                where agent = day.agent and started_at >= day.starts_at and started_at < day.ends_at and outcome <> 'RUNNING'
            ) runs""";
}
