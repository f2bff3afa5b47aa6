package dev.drydock.journal;

import dev.drydock.config.AgentSettings;
import dev.drydock.config.DeliveryGuarantee;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.OutboxSettings;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Claims pending entries for delivery, for the time of a lease. */
@Singleton
@RetryConflicts
public class DeliveryClaims {

    /** Entries that no other process delivers until {@code leaseUntil}. */
    public record Claim(UUID id, Instant leaseUntil, List<Due> entries) {}

    /**
     * An entry to deliver; {@code item} and {@code decision} are JSON of the agent's records.
     *
     * @param attempt 1 for the first
     */
    public record Due(UUID entryId, String itemId, String itemVersion, String item, String decision, int attempt) {}

    /** Fewer entries are claimed at a time where their items are large, so that these fit into memory. */
    private static final int MOST_BYTES = 1 << 21;

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final OutboxSettings config;

    DeliveryClaims(Jdbi jdbi, InstantSource clock, DrydockConfig config) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config.outbox();
    }

    /** Whether there is an entry to claim. */
    public boolean hasDue(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select exists (select from entry
                    where agent = :agent and state = 'PENDING' and next_delivery_at <= :now
                        and (lease_until is null or lease_until < :now))""")
                .bind("agent", agent)
                .bind("now", clock.instant())
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Claims due entries in one statement, and opens an attempt for each. An attempt that a crash left open becomes UNSURE.
     * Several processes may claim at once: rows that another process has locked are skipped.
     *
     * @param most entries to claim; never more than {@code drydock.outbox.batch}
     */
    public Claim claim(RegisteredAgent<?, ?> agent, int most) {
        var claim = Database.newId();
        var now = clock.instant();
        var until = now.plus(config.lease());
        var entries = jdbi.withHandle(handle -> handle.createQuery("""
                with locked as (
                    select id, next_delivery_at, coalesce(item_bytes, octet_length(item::text), 0) as bytes from entry
                    where agent = :agent and state = 'PENDING' and next_delivery_at <= :now
                        and (lease_until is null or lease_until < :now)
                    order by next_delivery_at, id limit :limit
                    for update skip locked
                ), due as (
                    select id from (
                        select id, sum(bytes) over (order by next_delivery_at, id) - bytes as before from locked
                    ) as sized
                    where before < :bytes
                ), claimed as (
                    update entry set claim = :claim, lease_until = :until, delivery_attempts = delivery_attempts + 1
                    from due where entry.id = due.id
                    returning entry.id, item_id, item_version, item, decision, delivery_attempts
                ), cut_short as (
                    update delivery set outcome = 'UNSURE', finished_at = :now, fault = 'the process ended before the response'
                    from due where delivery.entry_id = due.id and outcome = 'STARTED'
                ), opened as (
                    insert into delivery (entry_id, attempt, outcome, started_at)
                    select id, delivery_attempts, 'STARTED', :now from claimed
                )
                select * from claimed order by id""")
                .bind("agent", agent.name())
                .bind("now", now)
                .bind("claim", claim)
                .bind("until", until)
                .bind("limit", Math.min(most, limit(agent.settings())))
                .bind("bytes", MOST_BYTES)
                .map((row, context) -> new Due(
                        row.getObject("id", UUID.class),
                        row.getString("item_id"),
                        row.getString("item_version"),
                        row.getString("item"),
                        row.getString("decision"),
                        row.getInt("delivery_attempts")))
                .list());
        return new Claim(claim, until, entries);
    }

    /** With at-most-once delivery, a crash makes every claimed entry unsure, so fewer are claimed at a time. */
    private int limit(AgentSettings settings) {
        return settings.delivery() == DeliveryGuarantee.AT_MOST_ONCE
                ? Math.min(config.batch(), settings.concurrency())
                : config.batch();
    }

    /** For at-most-once delivery: what a crash left unsure becomes UNDELIVERABLE, until a person redelivers it. */
    public int setAsideUnsure(String agent) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                with unsure as (
                    update entry set state = 'UNDELIVERABLE', claim = null, lease_until = null,
                        fault = 'unsure: the process ended during delivery; check whether it arrived, then redeliver it or not'
                    where agent = :agent and state = 'PENDING' and lease_until < :now
                    returning id
                )
                update delivery set outcome = 'UNSURE', finished_at = :now, fault = 'the process ended before the response'
                from unsure where delivery.entry_id = unsure.id and outcome = 'STARTED'""")
                .bind("agent", agent)
                .bind("now", clock.instant())
                .execute());
    }
}
