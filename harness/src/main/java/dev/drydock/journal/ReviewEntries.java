package dev.drydock.journal;

import dev.drydock.agent.Mode;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What a person may do with an entry. Each method returns false and changes nothing if the entry's state does not allow it,
 * or if its content was deleted.
 */
@Singleton
@RetryConflicts
public class ReviewEntries {

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final ReturnEntries returns;

    ReviewEntries(Jdbi jdbi, InstantSource clock, ReturnEntries returns) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.returns = returns;
    }

    /**
     * The time of an approval.
     *
     * @param due from when on the output may be sent, or its tool calls made
     */
    record When(Instant approved, Instant due) {

        static When now(InstantSource clock) {
            var now = clock.instant();
            return new When(now, now);
        }
    }

    /** What a person found out about a tool call that is UNSURE. */
    public enum Unsure {
        /** It was not made, or may be made twice. */
        AGAIN,

        /** It was made. */
        MADE
    }

    /**
     * Approves a HELD entry. If tool calls wait for approval, the next cycle makes them and decides the entry again;
     * otherwise the decision is delivered. False if a call is UNSURE, or if the decision claims what no call did.
     */
    public boolean approve(UUID id) {
        return jdbi.inTransaction(handle -> approve(handle, id, When.now(clock)));
    }

    /** The same within a transaction. */
    static boolean approve(Handle handle, UUID id, When when) {
        var calls = handle.createQuery("""
                select decision is null or exists (
                    select from side_effect where entry_id = :id and (side_effect.state in ('WAITING', 'APPROVED')
                        or side_effect.state = 'RECORDED' and entry.mode = 'REVIEW'))
                from entry where id = :id and state = 'HELD' and hold_reason is distinct from 'CLAIM'
                    and not exists (select from side_effect where entry_id = :id and side_effect.state = 'UNSURE')
                for update""").bind("id", id).mapTo(Boolean.class).findOne();
        return calls.isPresent()
                && (calls.get() ? approveCalls(handle, id, when) : approved(handle, id, EntryState.PENDING, when));
    }

    /**
     * Settles the tool calls of a HELD entry that are UNSURE, and approves those that wait. The next cycle decides the entry
     * again: what was made is told to the model, what was not is made then.
     */
    public boolean approve(UUID id, Unsure unsure) {
        return jdbi.inTransaction(handle -> {
            var held = handle.createQuery("select true from entry where id = :id and state = 'HELD' for update")
                    .bind("id", id)
                    .mapTo(Boolean.class)
                    .findOne();
            var settled = handle.createUpdate("""
                    update side_effect set state = :state, result = :result, settled_at = :now
                    where entry_id = :id and state = 'UNSURE' and :held""")
                    .bind("id", id)
                    .bind("held", held.isPresent())
                    .bind("state", unsure == Unsure.AGAIN ? "APPROVED" : "DONE")
                    .bind("result", unsure == Unsure.AGAIN ? null : "Done. A person has checked it.")
                    .bind("now", clock.instant())
                    .execute();
            return settled > 0 && approveCalls(handle, id, When.now(clock));
        });
    }

    private static boolean approveCalls(Handle handle, UUID id, When when) {
        handle.createUpdate("""
                update side_effect set state = 'APPROVED', settled_at = :now
                from entry where entry.id = :id and entry_id = :id and (side_effect.state = 'WAITING'
                    or side_effect.state = 'RECORDED' and entry.mode = 'REVIEW')""").bind("id", id).bind("now", when.approved()).execute();
        handle.createUpdate("update entry set approved_decision = decision, flood_run = null where id = :id")
                .bind("id", id)
                .execute();
        return approved(handle, id, EntryState.ADMITTED, when);
    }

    /** Rejects an entry that is ADMITTED, HELD, or PENDING and not in delivery, with the tool calls that wait. A person may return it. */
    public boolean reject(UUID id) {
        return jdbi.inTransaction(handle -> reject(handle, id, clock.instant()));
    }

    /** The same within a transaction. */
    static boolean reject(Handle handle, UUID id, Instant now) {
        var rejected = handle.createUpdate("""
                        update entry set state = 'REJECTED', fault = null, hold_reason = null, answers = null,
                            claim = null, lease_until = null, set_aside_at = :now
                        where id = :id and item is not null
                            and (state in ('ADMITTED', 'HELD')
                                or state = 'PENDING' and (lease_until is null or lease_until < now()))""").bind("id", id).bind("now", now).execute() == 1;
        handle.createUpdate("""
                update side_effect set state = 'WITHDRAWN', settled_at = :now
                where entry_id = :id and state in ('WAITING', 'APPROVED') and :rejected""")
                .bind("id", id)
                .bind("rejected", rejected)
                .bind("now", now)
                .execute();
        return rejected;
    }

    /** Delivers an UNDELIVERABLE or EXPIRED entry again, in any mode but shadow. */
    public boolean redeliver(UUID id) {
        return returns.redeliver(id);
    }

    /**
     * Returns an entry that is POISONED or REJECTED to be decided again, and one that is UNDELIVERABLE to be delivered again, or
     * to be approved first if the mode is not live.
     */
    public boolean retry(UUID id, Mode mode) {
        return returns.retry(id, mode);
    }

    private static boolean approved(Handle handle, UUID id, EntryState to, When when) {
        return handle.createUpdate("""
                update entry set state = :to, fault = null, hold_reason = null, starts = 0, next_delivery_at = :due,
                    approved_at = case when :to = 'PENDING' then :now::timestamptz end
                where id = :id and state = 'HELD' and item is not null""")
                        .bind("id", id)
                        .bind("to", to.name())
                        .bind("now", when.approved())
                        .bind("due", when.due())
                        .execute()
                == 1;
    }
}
