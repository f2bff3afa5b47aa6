package dev.drydock.journal;

import static dev.drydock.journal.Columns.column;

import dev.drydock.journal.Delivery.Outcome;
import dev.drydock.journal.DeliveryClaims.Claim;
import dev.drydock.journal.DeliveryClaims.Due;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Stores how attempts at delivery ended, and releases claimed entries that were not attempted. */
@Singleton
public class SettleDeliveries {

    /**
     * How one attempt ended.
     *
     * @param next PENDING to try again {@code pause} later, DELIVERED or UNDELIVERABLE
     * @param counted whether it uses up one of the entry's attempts
     */
    public record Settlement(
            UUID entryId,
            EntryState next,
            Outcome outcome,
            @Nullable String receipt,
            @Nullable String fault,
            Duration pause,
            boolean counted) {}

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final DeferredWrites writes;

    SettleDeliveries(Jdbi jdbi, InstantSource clock, DeferredWrites writes) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.writes = writes;
    }

    /** Stores deferred results of earlier claims; throws if the database is still unavailable. */
    public void flush() {
        writes.flush();
    }

    /** Settles some of what was claimed, now or as soon as the database is available. */
    public void store(Claim claim, List<Settlement> settlements) {
        if (!settlements.isEmpty()) {
            writes.write("the results of " + settlements.size() + " deliveries", () -> settle(claim.id(), settlements));
        }
    }

    /**
     * Ends a claim: settles what was attempted, unless it was stored before, and releases the rest, now or as soon as the
     * database is available.
     */
    public void end(Claim claim, List<Settlement> settlements) {
        writes.write("the results of " + settlements.size() + " deliveries", () -> {
            settle(claim.id(), settlements);
            release(claim, settlements);
        });
    }

    /** One statement for all. Entries that another process claimed since, because the lease expired, are not changed. */
    private void settle(UUID claim, List<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createQuery("""
                with settled as (
                    update entry set state = new.state, fault = new.fault, claim = null, lease_until = null,
                        next_delivery_at = :now::timestamptz + make_interval(secs => new.pause),
                        set_aside_at = case when new.state = 'UNDELIVERABLE' then :now::timestamptz end,
                        earlier_deliveries = earlier_deliveries + case when new.counted then 0 else 1 end,
                        delivered_at = case when new.state = 'DELIVERED' then :now::timestamptz end
                    from unnest(:ids, :states, :outcomes, :receipts, :faults, :pauses, :counted)
                        as new (entry_id, state, outcome, receipt, fault, pause, counted)
                    where entry.id = new.entry_id and entry.claim = :claim and entry.state = 'PENDING'
                    returning entry.id, entry.run_id, entry.delivery_attempts, new.*
                ), attempts as (
                    update delivery set outcome = settled.outcome, receipt = settled.receipt, fault = settled.fault,
                        finished_at = :now
                    from settled where delivery.entry_id = settled.id and delivery.attempt = settled.delivery_attempts
                ), runs as (
                    update run set delivered = delivered + arrived.number
                    from (select run_id, count(*) as number from settled where state = 'DELIVERED' group by run_id) arrived
                    where run.id = arrived.run_id
                )
                select count(*) from settled""")
                .bind("claim", claim)
                .bind("now", clock.instant())
                .bindArray("ids", UUID.class, column(settlements, Settlement::entryId))
                .bindArray(
                        "states",
                        String.class,
                        column(settlements, settlement -> settlement.next().name()))
                .bindArray(
                        "outcomes",
                        String.class,
                        column(settlements, settlement -> settlement.outcome().name()))
                .bindArray("receipts", String.class, column(settlements, settlement -> storable(settlement.receipt())))
                .bindArray("faults", String.class, column(settlements, settlement -> storable(settlement.fault())))
                .bindArray(
                        "pauses",
                        Double.class,
                        column(settlements, settlement -> settlement.pause().toMillis() / 1000.0))
                .bindArray("counted", Boolean.class, column(settlements, Settlement::counted))
                .mapTo(Integer.class)
                .one());
    }

    /** Releases what was claimed and not attempted; it does not count as an attempt. */
    private void release(Claim claim, Collection<Settlement> attempted) {
        var settled = attempted.stream().map(Settlement::entryId).collect(Collectors.toSet());
        var ids = claim.entries().stream()
                .map(Due::entryId)
                .filter(id -> !settled.contains(id))
                .toList();
        if (ids.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate("""
                with released as (
                    update entry set claim = null, lease_until = null, delivery_attempts = delivery_attempts - 1
                    where id = any (:ids) and claim = :claim and state = 'PENDING'
                    returning id, delivery_attempts
                )
                delete from delivery using released
                where delivery.entry_id = released.id and delivery.attempt = released.delivery_attempts + 1""")
                .bind("claim", claim.id())
                .bindArray("ids", UUID.class, ids)
                .execute());
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : Json.storable(text);
    }
}
