package dev.drydock.outbox;

import dev.drydock.agent.Mode;
import dev.drydock.concurrent.Threads;
import dev.drydock.concurrent.Watchdog;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.DeliveryClaims.Claim;
import dev.drydock.journal.DeliveryClaims.Due;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.SettleDeliveries;
import dev.drydock.journal.SettleDeliveries.Settlement;
import dev.drydock.outbox.DeliveryTurns.Turn;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Delivers PENDING entries: claims some for the time of a lease, calls the agent, stores the results, and repeats until
 * nothing is due. Any number of processes may do so at the same time.
 */
@Singleton
public class Outbox {

    /** Receivers are slower than models, and fewer. */
    private static final int MOST_DELIVERIES = 8;

    private static final int MOST_CLAIMED = 50;

    /** How often results are stored while other attempts of the same claim are being made. */
    private static final Duration EACH = Duration.ofSeconds(1);

    /** The number of entries delivered, and of attempts that failed. */
    public record Tally(int delivered, int failed) {

        public static final Tally NOTHING = new Tally(0, 0);

        Tally plus(List<Settlement> settlements) {
            var arrived = (int) settlements.stream()
                    .filter(settlement -> settlement.next() == EntryState.DELIVERED)
                    .count();
            return new Tally(delivered + arrived, failed + settlements.size() - arrived);
        }
    }

    private final DueOutputs outputs;
    private final SettleDeliveries settle;
    private final DeliverEntry deliverEntry;
    private final DeliveryTurns turns;
    private final Threads threads;

    Outbox(
            DueOutputs outputs,
            SettleDeliveries settle,
            DeliverEntry deliverEntry,
            DeliveryTurns turns,
            Threads threads) {
        this.outputs = outputs;
        this.settle = settle;
        this.deliverEntry = deliverEntry;
        this.turns = turns;
        this.threads = threads;
    }

    /**
     * Delivers everything due for an agent, until the circuit breaker of its target opens or the process shuts down. Begins
     * with one, and doubles the number as long as the target takes them. Delivers nothing in shadow mode.
     *
     * @param deadline after it, no entry waits for a target that takes no more for now; empty if all wait as long as it takes
     */
    public Tally deliver(RegisteredAgent<?, ?> agent, Optional<Instant> deadline) throws InterruptedException {
        var tally = Tally.NOTHING;
        withdraw(agent);
        if (agent.settings().mode() == Mode.SHADOW) {
            return tally;
        }
        var most = 0;
        for (var turn = turns.next(agent, deadline); turn != Turn.NONE; turn = turns.next(agent, deadline)) {
            most = turn == Turn.TAKEN ? 1 : Math.min(Math.max(1, 2 * most), MOST_CLAIMED);
            var claim = outputs.claim(agent, most);
            if (claim.entries().isEmpty()) {
                break;
            }
            var settlements = deliver(agent, claim, turn);
            if (settlements.isEmpty() && !turns.isLimited(agent)) {
                break; // nothing could be sent now; claiming the same entries again would not change that
            }
            tally = tally.plus(settlements);
        }
        return tally;
    }

    /**
     * Withdraws outputs that are not to be delivered any more: those that a crash left unsure, those that were decided live and
     * that nobody approved while the mode is not live, and those that are older than {@code deliver-within}.
     */
    public void withdraw(RegisteredAgent<?, ?> agent) {
        settle.flush(); // results of earlier deliveries
        outputs.withdraw(agent);
    }

    /** Makes the attempts, stores their results while others are being made, and releases what was not attempted. */
    private List<Settlement> deliver(RegisteredAgent<?, ?> agent, Claim claim, Turn turn) throws InterruptedException {
        Queue<Settlement> ended = new ConcurrentLinkedQueue<>();
        var settlements = new ArrayList<Settlement>();
        try {
            var executor = threads.bounded(Math.min(agent.settings().concurrency(), MOST_DELIVERIES));
            for (var due : claim.entries()) {
                while (!executor.tryRun(
                        () -> attempt(agent, due, claim, turn).ifPresent(ended::add),
                        due.item().length(),
                        EACH)) {
                    settlements.addAll(store(claim, ended));
                }
            }
            while (!executor.awaitAll(EACH)) {
                settlements.addAll(store(claim, ended));
            }
        } finally {
            settlements.addAll(ended);
            settle.end(claim, settlements);
        }
        return List.copyOf(settlements);
    }

    private List<Settlement> store(Claim claim, Queue<Settlement> ended) {
        var some = new ArrayList<Settlement>();
        for (var next = ended.poll(); next != null; next = ended.poll()) {
            some.add(next);
        }
        settle.store(claim, some);
        return some;
    }

    /** Empty if nothing was delivered, and nothing counts as an attempt. */
    private Optional<Settlement> attempt(RegisteredAgent<?, ?> agent, Due due, Claim claim, Turn turn) {
        var settlement = turns.mustStop(agent)
                ? Optional.<Settlement>empty()
                : deliverEntry.deliver(agent, due, claim.lease(), turn == Turn.TAKEN);
        Watchdog.progressed();
        return settlement;
    }
}
