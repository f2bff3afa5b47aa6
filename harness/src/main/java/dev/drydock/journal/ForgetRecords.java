package dev.drydock.journal;

import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import org.jdbi.v3.core.Jdbi;

/**
 * Deletes old records, at most {@code limit} at a time; each method returns how many. Several processes may delete at once:
 * each skips rows that another has locked.
 */
@Singleton
@RetryConflicts
public class ForgetRecords {

    private final Jdbi jdbi;

    ForgetRecords(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Model calls made before. */
    public int calls(Instant before, int limit) {
        return execute("""
                delete from model_call where id in (
                    select id from model_call where called_at < :before
                    order by called_at limit :limit for update skip locked)""", before, limit);
    }

    /** Cached responses that expired before. */
    public int answers(Instant before, int limit) {
        return execute("""
                delete from cached_answer where key in (
                    select key from cached_answer where expires_at < :before
                    order by expires_at limit :limit for update skip locked)""", before, limit);
    }

    /** Pauses that ended before. */
    public int pauses(Instant before, int limit) {
        return execute("""
                delete from pause where key in (
                    select key from pause where ends_at < :before
                    order by ends_at limit :limit for update skip locked)""", before, limit);
    }

    /** What could be undone until before. */
    public int undos(Instant before, int limit) {
        return execute("""
                delete from undo where entry_id in (
                    select entry_id from undo where until < :before
                    order by until limit :limit for update skip locked)""", before, limit);
    }

    /**
     * Item, decision, tool calls, delivery attempts and the texts of feedback of entries that were done before. Key, state and label are kept.
     * Entries that wait for a decision, a delivery or a person are kept, also those with an interrupted tool call.
     */
    public int payloads(Instant before, int limit) {
        return execute("""
                with done as (
                    select id from entry
                    where state in ('SHADOWED', 'DELIVERED', 'REJECTED', 'EXPIRED') and item is not null
                        and coalesce(delivered_at, decided_at, admitted_at) < :before
                        and not exists (select from side_effect where entry_id = entry.id and side_effect.state = 'STARTED')
                    order by coalesce(delivered_at, decided_at, admitted_at) limit :limit for update skip locked
                ), attempts as (
                    delete from delivery using done where entry_id = done.id
                ), returns as (
                    delete from entry_return using done where entry_id = done.id
                ), batch_calls as (
                    delete from batch_call using done where entry_id = done.id
                ), tool_calls as (
                    delete from side_effect using done where entry_id = done.id
                ), candidates as (
                    update candidate_decision set decision = null, fault = null from done where entry_id = done.id
                ), feedback_texts as (
                    update feedback set correct = null, note = null, candidate = nullif(candidate, 'OPEN')
                    from done where entry_id = done.id
                )
                update entry set item = null, decision = null, original_decision = null, fault = null, run_id = null,
                    answers = null
                from done where entry.id = done.id""", before, limit);
    }

    /**
     * Runs that ended before. Kept are runs that an entry or a call refers to, and each agent's last completed run, at whose
     * end the next window starts.
     */
    public int runs(Instant before, int limit) {
        return execute("""
                delete from run where id in (
                    select id from run old where finished_at < :before
                        and not exists (select from entry where run_id = old.id)
                        and not exists (select from model_call where run_id = old.id)
                        and id is distinct from (
                            select id from run where agent = old.agent and outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS')
                            order by seq desc limit 1)
                    order by finished_at limit :limit for update skip locked)""", before, limit);
    }

    /** Spending of days before. */
    public int spending(LocalDate before, int limit) {
        return execute("""
                delete from spend where (day, scope) in (
                    select day, scope from spend where day < :before
                    order by day, scope limit :limit for update skip locked)""", before, limit);
    }

    /** Figures of days that started before. */
    public int figures(Instant before, int limit) {
        return execute("""
                delete from day_figures where (agent, kind, starts_at) in (
                    select agent, kind, starts_at from day_figures where starts_at < :before
                    order by starts_at limit :limit for update skip locked)""", before, limit);
    }

    /** Alerts resolved before, with their notifications. */
    public int alerts(Instant before, int limit) {
        return execute("""
                delete from alert where id in (
                    select id from alert where resolved_at < :before
                    order by resolved_at limit :limit for update skip locked)""", before, limit);
    }

    /** Lines of the audit log written before. */
    public int auditLog(Instant before, int limit) {
        return execute("""
                delete from audit_log where id in (
                    select id from audit_log where at < :before
                    order by at limit :limit for update skip locked)""", before, limit);
    }

    private int execute(String sql, Object before, int limit) {
        return jdbi.withHandle(handle -> handle.createUpdate(sql)
                .bind("before", before)
                .bind("limit", limit)
                .execute());
    }
}
