package dev.drydock.run;

import dev.drydock.concurrent.WatchedThread;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.model.RateLimit;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Lets a cycle begin entries no faster than their model takes calls, and says once a minute how far the cycle is. */
@Singleton
class AwaitTurn {

    private static final Logger LOG = Logger.getLogger(AwaitTurn.class);

    private static final Duration EACH = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A model that takes no call for so long is left to the next cycle, whatever the deadline. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final RateLimit rates;
    private final InstantSource clock;

    AwaitTurn(RateLimit rates, InstantSource clock) {
        this.rates = rates;
        this.clock = clock;
    }

    /** The waiting of one cycle, whose entries {@code decisions} gathers. Used by the thread that begins them. */
    Turns of(RegisteredAgent<?, ?> agent, CollectDecisions decisions, StopCondition stop) {
        return new Turns(agent, decisions, stop);
    }

    /** Gives the entries of one cycle their turns. */
    final class Turns {

        private final RegisteredAgent<?, ?> agent;
        private final CollectDecisions decisions;
        private final StopCondition stop;
        private final Instant startedAt = clock.instant();
        private Instant reportedAt = startedAt;
        private Instant decidedAt = startedAt;
        private int decided;
        private boolean outOfTime;

        private Turns(RegisteredAgent<?, ?> agent, CollectDecisions decisions, StopCondition stop) {
            this.agent = agent;
            this.decisions = decisions;
            this.stop = stop;
        }

        /**
         * Waits until a call of the agent's model would start at once; stores decisions meanwhile.
         *
         * @return to be run when the entry has ended; empty if the cycle begins no more entries
         */
        Optional<Runnable> next() throws InterruptedException {
            outOfTime = isOutOfTime();
            while (!ended()) {
                var turn = rates.expectCall(agent.name(), EACH);
                pause();
                if (turn.isPresent()) {
                    return turn;
                }
                outOfTime = isOutOfTime();
            }
            return Optional.empty();
        }

        /** Called each second while the cycle waits, for a turn or for the end of entries. */
        void pause() {
            decisions.storeWhenDue();
            if (!outOfTime && rates.isLimited(agent.name())) {
                WatchedThread.progressed(); // it waits for the model server, which has said so
            }
            var now = clock.instant();
            if (decisions.decided() > decided) {
                decided = decisions.decided();
                decidedAt = now;
            }
            if (!now.isBefore(reportedAt.plus(MINUTE))) {
                reportedAt = now;
                report(now);
            }
        }

        boolean ended() {
            return outOfTime || decisions.closed() || stop.isStopped();
        }

        /** After it, no call of an entry waits for its turn. */
        Optional<Instant> deadline() {
            return stop.deadline();
        }

        /** Whether entries are left to the next cycle only because the model takes no more calls for now. */
        boolean outOfTime() {
            return outOfTime;
        }

        private boolean isOutOfTime() {
            var now = clock.instant();
            var passed = stop.deadline().filter(end -> !now.isBefore(end)).isPresent();
            return rates.isLimited(agent.name()) && (passed || !now.isBefore(decidedAt.plus(PATIENCE)));
        }

        private void report(Instant now) {
            var open = decisions.open();
            var model = rates.stateOf(agent.name());
            var each = decided == 0
                    ? Duration.ZERO
                    : Duration.between(startedAt, now).dividedBy(decided);
            LOG.infof(
                    "Run of %s: %,d of %,d entries decided, one in %.1f s, about %d min left;"
                            + " model %s: %d calls at a time, %d refused for now",
                    agent.name(),
                    decided,
                    decided + open,
                    each.toMillis() / 1000.0,
                    each.multipliedBy(open).plusSeconds(30).toMinutes(),
                    model.model(),
                    model.limit(),
                    model.refused());
        }
    }
}
