package dev.drydock.outbox;

import dev.drydock.agent.Mode;
import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.concurrent.Threads;
import dev.drydock.config.DeliveryGuarantee;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.DeferredWrites;
import dev.drydock.journal.DeliveryClaims;
import dev.drydock.journal.DeliveryClaims.Claim;
import dev.drydock.journal.DeliveryClaims.Due;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.SettleDeliveries;
import dev.drydock.journal.SettleDeliveries.Settlement;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/**
 * Delivers what is PENDING: claims some entries for the time of a lease, calls the agent, writes down the answers, and
 * goes on until nothing is due. Any number of processes may do so at the same time.
 */
@Singleton
public class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);

    /** How many entries were delivered, and how many attempts came to nothing. */
    public record Tally(int delivered, int failed) {

        public static final Tally NOTHING = new Tally(0, 0);

        Tally plus(List<Settlement> settlements) {
            var arrived = (int) settlements.stream()
                    .filter(settlement -> settlement.next() == EntryState.DELIVERED)
                    .count();
            return new Tally(delivered + arrived, failed + settlements.size() - arrived);
        }
    }

    private final DeliveryClaims claims;
    private final SettleDeliveries settle;
    private final DeliverEntry deliverEntry;
    private final DeferredWrites writes;
    private final GracefulShutdown underWay;
    private final Threads threads;

    Outbox(
            DeliveryClaims claims,
            SettleDeliveries settle,
            DeliverEntry deliverEntry,
            DeferredWrites writes,
            GracefulShutdown underWay,
            Threads threads) {
        this.claims = claims;
        this.settle = settle;
        this.deliverEntry = deliverEntry;
        this.writes = writes;
        this.underWay = underWay;
        this.threads = threads;
    }

    /**
     * Delivers all that is due for an agent, until its target is left alone or the process stops; nothing at all while the
     * agent is in shadow mode.
     */
    public Tally deliver(RegisteredAgent<?, ?> agent) throws InterruptedException {
        var tally = Tally.NOTHING;
        if (agent.settings().mode() == Mode.SHADOW) {
            return tally;
        }
        writes.flush(); // how earlier deliveries ended
        setAsideUnsure(agent);
        while (!isOpen(agent)) {
            var claim = claims.claim(agent);
            if (claim.entries().isEmpty()) {
                break;
            }
            var settlements = deliver(agent, claim);
            if (settlements.isEmpty()) {
                break; // nothing could be sent now; claiming the same entries again would not change that
            }
            tally = tally.plus(settlements);
        }
        return tally;
    }

    private boolean isOpen(RegisteredAgent<?, ?> agent) {
        return underWay.stopping() || deliverEntry.isOpen(agent);
    }

    private void setAsideUnsure(RegisteredAgent<?, ?> agent) {
        if (agent.settings().delivery() == DeliveryGuarantee.AT_MOST_ONCE) {
            var unsure = claims.setAsideUnsure(agent.name());
            if (unsure > 0) {
                LOG.errorf(
                        "%d deliveries of %s were cut short; they are UNDELIVERABLE until a person has looked",
                        unsure, agent.name());
            }
        }
    }

    /** Makes the attempts, writes down how they ended, and gives back what was not attempted. */
    private List<Settlement> deliver(RegisteredAgent<?, ?> agent, Claim claim) throws InterruptedException {
        Queue<Settlement> settlements = new ConcurrentLinkedQueue<>();
        try {
            var lanes = threads.lanes(agent.settings().concurrency());
            for (var due : claim.entries()) {
                lanes.run(() -> attempt(agent, due, claim).ifPresent(settlements::add));
            }
            lanes.awaitAll();
        } finally {
            settle(claim, List.copyOf(settlements));
        }
        return List.copyOf(settlements);
    }

    private void settle(Claim claim, List<Settlement> settlements) {
        writes.write("how " + settlements.size() + " deliveries ended", () -> {
            settle.settle(claim.id(), settlements);
            settle.giveBack(claim, settlements);
        });
    }

    /** Empty if nothing was sent: the lease ran out, the target is left alone, or the process stops. */
    private Optional<Settlement> attempt(RegisteredAgent<?, ?> agent, Due due, Claim claim) {
        return isOpen(agent) ? Optional.empty() : deliverEntry.deliver(agent, due, claim.leaseUntil());
    }
}
