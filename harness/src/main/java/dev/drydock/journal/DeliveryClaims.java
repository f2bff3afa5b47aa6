package dev.drydock.journal;

import dev.drydock.agent.Mode;
import dev.drydock.concurrent.Lease;
import dev.drydock.config.AgentSettings;
import dev.drydock.config.DeliveryGuarantee;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.OutboxSettings;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Claims pending entries for delivery, for the time of a lease. */
@Singleton
@RetryConflicts
public class DeliveryClaims {

    /** Entries that no other process delivers while the lease is held. */
    public record Claim(UUID id, Lease lease, List<Due> entries) {}

    /**
     * An entry to deliver; {@code item} and {@code decision} are JSON of the agent's records.
     *
     * @param attempt 1 for the first, and for the first after a person sent it again
     */
    public record Due(UUID entryId, String itemId, String itemVersion, String item, String decision, int attempt) {}

    /** Fewer entries are claimed at a time where their items are large, so that these fit into memory. */
    private static final int MOST_BYTES = 1 << 21;

    /** Approved by a person, or decided live and wanted live. Entries decided in review mode are PENDING only once approved. */
    private static final String DUE = """
            agent = :agent and state = 'PENDING' and next_delivery_at <= :now
                and (lease_until is null or lease_until < now())
                and (approved_at is not null or mode = 'REVIEW' or mode = 'LIVE' and :live)""";

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final OutboxSettings config;

    DeliveryClaims(Jdbi jdbi, InstantSource clock, DrydockConfig config) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config.outbox();
    }

    /** Whether there is an entry to claim. */
    public boolean hasDue(RegisteredAgent<?, ?> agent) {
        return jdbi.withHandle(handle -> handle.createQuery("select exists (select from entry where %s)".formatted(DUE))
                .bind("agent", agent.name())
                .bind("now", clock.instant())
                .bind("live", agent.settings().mode() == Mode.LIVE)
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Claims due entries in one statement, and opens an attempt for each: those that a person approved, and in live mode those
     * that were decided in live mode. An attempt that a crash left open becomes UNSURE. Several processes may claim at once:
     * rows that another process has locked are skipped. The lease is kept by the database's clock.
     *
     * @param most entries to claim
     */
    public Claim claim(RegisteredAgent<?, ?> agent, int most) {
        var claim = Database.newId();
        var lease = Lease.beginning(clock, config.lease());
        var entries = jdbi.withHandle(handle -> handle.createQuery("""
                with locked as (
                    select id, next_delivery_at, coalesce(item_bytes, octet_length(item::text), 0) as bytes from entry
                    where %s
                    order by next_delivery_at, id limit :limit
                    for update skip locked
                ), due as (
                    select id from (
                        select id, sum(bytes) over (order by next_delivery_at, id) - bytes as before from locked
                    ) as sized
                    where before < :bytes
                ), claimed as (
                    update entry set claim = :claim, lease_until = now() + :lease * interval '1 millisecond',
                        delivery_attempts = delivery_attempts + 1
                    from due where entry.id = due.id
                    returning entry.id, item_id, item_version, item, decision, delivery_attempts, earlier_deliveries
                ), cut_short as (
                    update delivery set outcome = 'UNSURE', finished_at = :now, fault = 'the process ended before the response'
                    from due where delivery.entry_id = due.id and outcome = 'STARTED'
                ), opened as (
                    insert into delivery (entry_id, attempt, outcome, started_at)
                    select id, delivery_attempts, 'STARTED', :now from claimed
                )
                select * from claimed order by id""".formatted(DUE))
                .bind("agent", agent.name())
                .bind("now", clock.instant())
                .bind("claim", claim)
                .bind("lease", config.lease().toMillis())
                .bind("live", agent.settings().mode() == Mode.LIVE)
                .bind("limit", limit(agent.settings(), most))
                .bind("bytes", MOST_BYTES)
                .map((row, context) -> new Due(
                        row.getObject("id", UUID.class),
                        row.getString("item_id"),
                        row.getString("item_version"),
                        row.getString("item"),
                        row.getString("decision"),
                        row.getInt("delivery_attempts") - row.getInt("earlier_deliveries")))
                .list());
        return new Claim(claim, lease, entries);
    }

    /** With at-most-once delivery, a crash makes every claimed entry unsure, so fewer are claimed at a time. */
    private static int limit(AgentSettings settings, int most) {
        return settings.delivery() == DeliveryGuarantee.AT_MOST_ONCE ? Math.min(most, settings.concurrency()) : most;
    }
}
