package dev.drydock.journal;

import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Arrays;
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

    ReviewEntries(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
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
        return jdbi.inTransaction(handle -> {
            var calls =
                    handle.createQuery("""
                    select decision is null or exists (
                        select from side_effect where entry_id = :id and (side_effect.state in ('WAITING', 'APPROVED')
                            or side_effect.state = 'RECORDED' and entry.mode = 'REVIEW'))
                    from entry where id = :id and state = 'HELD' and hold_reason is distinct from 'CLAIM'
                        and not exists (select from side_effect where entry_id = :id and side_effect.state = 'UNSURE')
                    for update""").bind("id", id).mapTo(Boolean.class).findOne();
            return calls.isPresent()
                    && (calls.get() ? approveCalls(handle, id) : move(handle, id, EntryState.HELD, EntryState.PENDING));
        });
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
            return settled > 0 && approveCalls(handle, id);
        });
    }

    private boolean approveCalls(Handle handle, UUID id) {
        handle.createUpdate("""
                update side_effect set state = 'APPROVED', settled_at = :now
                from entry where entry.id = :id and entry_id = :id and (side_effect.state = 'WAITING'
                    or side_effect.state = 'RECORDED' and entry.mode = 'REVIEW')""").bind("id", id).bind("now", clock.instant()).execute();
        handle.createUpdate("update entry set approved_decision = decision, flood_run = null where id = :id")
                .bind("id", id)
                .execute();
        return move(handle, id, EntryState.HELD, EntryState.ADMITTED);
    }

    /** Rejects a HELD entry permanently, with the tool calls that wait for approval. */
    public boolean reject(UUID id) {
        return jdbi.inTransaction(handle -> {
            var rejected = move(handle, id, EntryState.HELD, EntryState.REJECTED);
            handle.createUpdate("""
                    update side_effect set state = 'WITHDRAWN', settled_at = :now
                    where entry_id = :id and state in ('WAITING', 'APPROVED') and :rejected""")
                    .bind("id", id)
                    .bind("rejected", rejected)
                    .bind("now", clock.instant())
                    .execute();
            return rejected;
        });
    }

    /** Delivers an UNDELIVERABLE entry again. */
    public boolean redeliver(UUID id) {
        return move(id, EntryState.UNDELIVERABLE, EntryState.PENDING);
    }

    private boolean move(UUID id, EntryState from, EntryState to) {
        return jdbi.withHandle(handle -> move(handle, id, from, to));
    }

    private boolean move(Handle handle, UUID id, EntryState from, EntryState to) {
        if (!from.mayBecome(to)) {
            throw new IllegalStateException("%s cannot become %s, only one of %s"
                    .formatted(
                            from,
                            to,
                            Arrays.stream(EntryState.values())
                                    .filter(from::mayBecome)
                                    .toList()));
        }
        return handle.createUpdate("""
                update entry set state = :to, fault = null, hold_reason = null, next_delivery_at = :now,
                    answers = case when :to = 'REJECTED' then null else answers end
                where id = :id and state = :from and item is not null""")
                        .bind("id", id)
                        .bind("from", from.name())
                        .bind("to", to.name())
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }
}
