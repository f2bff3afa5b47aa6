package dev.drydock.journal;

import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import dev.drydock.journal.ReviewEntries.When;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Approvals and rejections that a person can take back for {@link #UNDO}: until then nothing is sent, and no tool call is made.
 * The due time of the outbox keeps them back, in all processes.
 */
@Singleton
@RetryConflicts
public class UndoableReviews {

    /** How long a click can be undone. */
    public static final Duration UNDO = Duration.ofSeconds(10);

    /**
     * What a click changed.
     *
     * @param entries those whose state allowed it
     */
    public record Click(UUID id, List<UUID> entries) {}

    private static final String REMEMBER = """
            insert into undo (entry_id, click, at, until, state, hold_reason, fault, flood_run, answers)
            select id, :click, :at, :until, state, hold_reason, fault, flood_run, answers from entry where %s for update
            on conflict (entry_id) do update set click = excluded.click, at = excluded.at, until = excluded.until,
                state = excluded.state, hold_reason = excluded.hold_reason, fault = excluded.fault,
                flood_run = excluded.flood_run, answers = excluded.answers""";

    private static final String OF_RUN = """
            flood_run = :run and (state = 'ADMITTED'
                or state = 'HELD' and (hold_reason in ('FLOOD', 'HOLLOW') and item is not null or not %s))""";

    private final Jdbi jdbi;
    private final InstantSource clock;

    UndoableReviews(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Approves those of the entries that are HELD and may be approved. */
    public Click approve(Collection<UUID> ids) {
        return review(ids, ReviewEntries::approve);
    }

    /** Rejects those of the entries that are HELD. */
    public Click reject(Collection<UUID> ids) {
        return review(ids, (handle, id, when) -> ReviewEntries.reject(handle, id, when.approved()));
    }

    /**
     * Replaces the decision of a HELD entry, and approves it. The decision before is kept, and the entry waits again with the
     * edited one if the click is undone. Not while tool calls wait: with them, it would be decided again.
     *
     * @param decision JSON of the agent's decision record
     * @param label of this decision; it claims nothing that no tool call did
     */
    public Click approveEdited(UUID id, String decision, String label) {
        return review(List.of(id), (handle, entry, when) -> {
            var edited = handle.createUpdate("""
                    update entry set original_decision = coalesce(original_decision, decision),
                        original_label = coalesce(original_label, label), decision = :decision::json, label = :label,
                        hold_reason = case when hold_reason = 'CLAIM' then 'REVIEW' else hold_reason end
                    where id = :id and state = 'HELD' and decision is not null and item is not null
                        and coalesce(hold_reason, '') not in ('APPROVAL', 'UNSURE')""")
                    .bind("id", entry)
                    .bind("decision", decision)
                    .bind("label", Json.storable(label))
                    .execute();
            return edited == 1 && ReviewEntries.approve(handle, entry, when);
        });
    }

    /** Approves all outputs of a run that are held as a flood or as HOLLOW: {@link HeldRuns#approve}. */
    public Click approveRun(UUID run) {
        return reviewRun(run, true);
    }

    /** Rejects all of them. */
    public Click rejectRun(UUID run) {
        return reviewRun(run, false);
    }

    /**
     * Takes a click back: its entries wait for a person again. Those that were claimed for delivery, or whose time has passed,
     * stay as they are.
     *
     * @return those that wait again
     */
    public List<UUID> undo(UUID click) {
        return jdbi.inTransaction(handle -> handle.createQuery("""
                with undone as (
                    update entry set state = undo.state, hold_reason = undo.hold_reason, fault = undo.fault,
                        flood_run = undo.flood_run, answers = undo.answers, approved_at = null, approved_decision = null,
                        set_aside_at = null, next_delivery_at = null
                    from undo
                    where click = :click and until > :now and entry.id = entry_id and lease_until is null
                        and case entry.state when 'REJECTED' then set_aside_at = at when 'ADMITTED' then starts = 0
                            else entry.state = 'PENDING' and next_delivery_at = until end
                    returning entry.id, at
                ), calls as (
                    update side_effect set state = 'WAITING', settled_at = null from undone
                    where entry_id = undone.id and settled_at = at and side_effect.state in ('APPROVED', 'WITHDRAWN')
                ), forgotten as (
                    delete from undo using undone where entry_id = undone.id
                )
                select id from undone""")
                .bind("click", click)
                .bind("now", clock.instant())
                .mapTo(UUID.class)
                .list());
    }

    private interface Review {

        /** Whether the entry's state allowed it. */
        boolean of(Handle handle, UUID id, When when);
    }

    private Click review(Collection<UUID> ids, Review review) {
        var click = Database.newId();
        return jdbi.inTransaction(handle -> {
            var when = when();
            var changed = ids.stream()
                    .distinct()
                    .sorted() // so that two clicks do not wait for each other
                    .filter(id -> remember(handle, click, when, id) && review.of(handle, id, when))
                    .toList();
            handle.createUpdate("delete from undo where click = :click and entry_id <> all (:changed)")
                    .bind("click", click)
                    .bindArray("changed", UUID.class, changed)
                    .execute();
            return new Click(click, changed);
        });
    }

    private Click reviewRun(UUID run, boolean approve) {
        var click = Database.newId();
        return jdbi.inTransaction(handle -> {
            var when = when();
            remember(handle, click, when, OF_RUN.formatted(approve), "run", run);
            if (approve) {
                HeldRuns.approve(handle, run, when);
            } else {
                HeldRuns.reject(handle, run, when.approved());
            }
            return new Click(
                    click,
                    handle.createQuery("select entry_id from undo where click = :click")
                            .bind("click", click)
                            .mapTo(UUID.class)
                            .list());
        });
    }

    private When when() {
        var now = clock.instant();
        return new When(now, now.plus(UNDO));
    }

    private static boolean remember(Handle handle, UUID click, When when, UUID id) {
        return remember(handle, click, when, "id = :entry and state = 'HELD'", "entry", id) == 1;
    }

    private static int remember(Handle handle, UUID click, When when, String which, String name, UUID value) {
        return handle.createUpdate(REMEMBER.formatted(which))
                .bind("click", click)
                .bind("at", when.approved())
                .bind("until", when.due())
                .bind(name, value)
                .execute();
    }
}
