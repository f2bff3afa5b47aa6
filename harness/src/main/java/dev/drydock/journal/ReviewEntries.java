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

    /**
     * Approves a HELD entry. If tool calls wait for approval, the next cycle decides the entry again and executes them;
     * otherwise the decision is delivered.
     */
    public boolean approve(UUID id) {
        return jdbi.inTransaction(handle -> {
            var held =
                    handle.createQuery("""
                    select decision is null or exists (
                        select from side_effect where entry_id = :id and side_effect.state in ('WAITING', 'APPROVED'))
                    from entry where id = :id and state = 'HELD' for update""").bind("id", id).mapTo(Boolean.class).findOne();
            handle.createUpdate("""
                    update side_effect set state = 'APPROVED', settled_at = :now
                    where entry_id = :id and state = 'WAITING' and :held""")
                    .bind("id", id)
                    .bind("now", clock.instant())
                    .bind("held", held.isPresent())
                    .execute();
            return held.isPresent()
                    && move(handle, id, EntryState.HELD, held.get() ? EntryState.ADMITTED : EntryState.PENDING);
        });
    }

    /** Rejects a HELD entry permanently. */
    public boolean reject(UUID id) {
        return move(id, EntryState.HELD, EntryState.REJECTED);
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
                update entry set state = :to, fault = null, next_delivery_at = :now
                where id = :id and state = :from and item is not null""")
                        .bind("id", id)
                        .bind("from", from.name())
                        .bind("to", to.name())
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }
}
