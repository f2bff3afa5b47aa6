package dev.drydock.run;

import dev.drydock.concurrent.Watchdog;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.model.RateLimit;
import dev.drydock.run.CollectDecisions.Decisions;
import dev.drydock.run.RunProgress.Progress;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Lets a cycle begin entries no faster than their model takes calls, and says how far the cycle is: once a minute, and when it takes longer
 * than its schedule gives.
 */
@Singleton
class AwaitTurn {

    private static final Logger LOG = Logger.getLogger(AwaitTurn.class);

    private static final Duration EACH = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A model that takes no call for so long is left to the next cycle, whatever the deadline. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final RateLimit rates;
    private final RunProgress progress;
    private final InstantSource clock;

    AwaitTurn(RateLimit rates, RunProgress progress, InstantSource clock) {
        this.rates = rates;
        this.progress = progress;
        this.clock = clock;
    }

    /** The waiting of one cycle, whose entries {@code decisions} gathers. Used by the thread that begins them. */
    Turns of(RegisteredAgent<?, ?> agent, Decisions decisions, int entries, StopCondition stop) {
        var turns = new Turns(agent, decisions, entries, stop);
        progress.begin(agent.name(), turns::progress);
        return turns;
    }

    /** Gives the entries of one cycle their turns, and shows its progress until it is closed. */
    final class Turns implements AutoCloseable {

        private final RegisteredAgent<?, ?> agent;
        private final Decisions decisions;
        private final int entries;
        private final StopCondition stop;
        private final Instant startedAt = clock.instant();
        private Instant reportedAt = startedAt;
        private Instant decidedAt = startedAt;
        private volatile int decided;
        private volatile int failed;
        private boolean outOfTime;
        private boolean lateReported;

        private Turns(RegisteredAgent<?, ?> agent, Decisions decisions, int entries, StopCondition stop) {
            this.agent = agent;
            this.decisions = decisions;
            this.entries = entries;
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
                Watchdog.progressed(); // it waits for the model server, which has said so
            }
            var now = clock.instant();
            failed = decisions.failed();
            if (decisions.decided() > decided) {
                decided = decisions.decided();
                decidedAt = now;
            }
            var late = !lateReported && isLate(now);
            if (late || !now.isBefore(reportedAt.plus(MINUTE))) {
                lateReported |= late;
                reportedAt = now;
                LOG.infof(
                        "Run of %s%s: %s",
                        agent.name(), late ? " takes longer than its schedule gives it" : "", progress());
            }
        }

        boolean ended() {
            return outOfTime || decisions.closed() || stop.isStopped();
        }

        /** Whether the deadline has passed. */
        boolean isLate() {
            return isLate(clock.instant());
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
            return rates.isLimited(agent.name()) && (isLate(now) || !now.isBefore(decidedAt.plus(PATIENCE)));
        }

        private boolean isLate(Instant now) {
            return stop.deadline().filter(end -> !now.isBefore(end)).isPresent();
        }

        private Progress progress() {
            var taken = Duration.between(startedAt, clock.instant());
            return new Progress(decided, failed, entries, taken, rates.stateOf(agent.name()));
        }

        @Override
        public void close() {
            progress.end(agent.name());
        }
    }
}
