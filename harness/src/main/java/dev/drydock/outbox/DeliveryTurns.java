package dev.drydock.outbox;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.concurrent.Watchdog;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.http.RequestPace;
import dev.drydock.journal.DeliveryClaims;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * When the next deliveries of an agent may begin. A target with a limit is sent one output at a time, in the order
 * of the entries, over all processes: an entry is claimed when its turn has come.
 */
@Singleton
class DeliveryTurns {

    private static final Duration EACH = Duration.ofSeconds(1);

    /** A target that takes nothing for so long is left to the next cycle, or to the outbox's timer. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final LimitedDeliveries limited;
    private final DeliverStage stage;
    private final DeliveryClaims claims;
    private final GracefulShutdown shutdown;
    private final InstantSource clock;

    DeliveryTurns(
            LimitedDeliveries limited,
            DeliverStage stage,
            DeliveryClaims claims,
            GracefulShutdown shutdown,
            InstantSource clock) {
        this.limited = limited;
        this.stage = stage;
        this.claims = claims;
        this.shutdown = shutdown;
        this.clock = clock;
    }

    /** Whether deliveries may begin now. */
    enum Turn {
        /** Not before the target takes more, or the circuit breaker closes. */
        NONE,

        /** One: its turn was taken. */
        TAKEN,

        /** As many as wanted: no limit of the target is known. */
        FREE
    }

    /** Whether no delivery of the agent may begin: the process shuts down, or the circuit breaker of its target is open. */
    boolean mustStop(RegisteredAgent<?, ?> agent) {
        return shutdown.stopping() || stage.isOpen(agent);
    }

    /** Whether deliveries of the agent wait for their turn. */
    boolean isLimited(RegisteredAgent<?, ?> agent) {
        return stage.paceOf(agent).isLimited();
    }

    /**
     * Waits for the next turn, as long as something is due.
     *
     * @param deadline after it, nothing waits for a turn; empty if all wait as long as it takes
     */
    Turn next(RegisteredAgent<?, ?> agent, Optional<Instant> deadline) throws InterruptedException {
        while (isLimited(agent)) {
            var pace = stage.paceOf(agent);
            if (mustStop(agent) || !claims.hasDue(agent)) {
                return Turn.NONE;
            }
            limited.note(agent);
            if (isTooLate(pace, deadline)) {
                return Turn.NONE;
            }
            if (pace.awaitTurn(EACH)) {
                return Turn.TAKEN;
            }
            Watchdog.progressed(); // it waits for the target, which has said so
        }
        return mustStop(agent) ? Turn.NONE : Turn.FREE;
    }

    private boolean isTooLate(RequestPace pace, Optional<Instant> deadline) {
        var now = clock.instant();
        return pace.pause().compareTo(PATIENCE) > 0
                || deadline.filter(end -> !now.isBefore(end)).isPresent();
    }
}
