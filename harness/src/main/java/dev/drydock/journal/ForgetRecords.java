package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import org.jdbi.v3.core.Jdbi;

/**
 * Forgets what is old, at most {@code limit} records at a time, and says how many it were. Any number of processes may do
 * so at once: each passes over what another one holds.
 */
@Singleton
public class ForgetRecords {

    private final Jdbi jdbi;

    ForgetRecords(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Calls of models that were made before. */
    public int calls(Instant before, int limit) {
        return execute("""
                delete from model_call where id in (
                    select id from model_call where called_at < :before
                    order by called_at limit :limit for update skip locked)""", before, limit);
    }

    /** Answers that may not be used again since before. */
    public int answers(Instant before, int limit) {
        return execute("""
                delete from cached_answer where key in (
                    select key from cached_answer where expires_at < :before
                    order by expires_at limit :limit for update skip locked)""", before, limit);
    }

    /**
     * What entries that were done before were about: item, decision, tool calls and attempts at delivery. What is left is
     * the key, how it ended, and its label. Nothing is forgotten that waits for a delivery, a decision or a person; a tool
     * call that was cut off, and that nobody knows to have been made or not, waits for a person.
     */
    public int payloads(Instant before, int limit) {
        return execute("""
                with done as (
                    select id from entry
                    where state in ('SHADOWED', 'DELIVERED', 'REJECTED') and item is not null
                        and coalesce(delivered_at, decided_at, admitted_at) < :before
                        and not exists (select from side_effect where entry_id = entry.id and side_effect.state = 'STARTED')
                    order by coalesce(delivered_at, decided_at, admitted_at) limit :limit for update skip locked
                ), attempts as (
                    delete from delivery using done where entry_id = done.id
                ), tool_calls as (
                    delete from side_effect using done where entry_id = done.id
                )
                update entry set item = null, decision = null, fault = null, run_id = null
                from done where entry.id = done.id""", before, limit);
    }

    /**
     * Runs that ended before, save those that an entry or a call still belongs to, and the last of each agent that
     * completed: the next window begins where it ended.
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

    /** What the days before have cost. */
    public int spending(LocalDate before, int limit) {
        return execute("""
                delete from spend where (day, scope) in (
                    select day, scope from spend where day < :before
                    order by day, scope limit :limit for update skip locked)""", before, limit);
    }

    /** Alerts that were resolved before, with what was told of them. */
    public int alerts(Instant before, int limit) {
        return execute("""
                delete from alert where id in (
                    select id from alert where resolved_at < :before
                    order by resolved_at limit :limit for update skip locked)""", before, limit);
    }

    private int execute(String sql, Object before, int limit) {
        return jdbi.withHandle(handle -> handle.createUpdate(sql)
                .bind("before", before)
                .bind("limit", limit)
                .execute());
    }
}
