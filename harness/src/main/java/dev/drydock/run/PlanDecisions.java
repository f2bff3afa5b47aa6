package dev.drydock.run;

import dev.drydock.agent.Mode;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.DeferredEntries;
import dev.drydock.journal.Floods;
import dev.drydock.journal.UndecidedEntries;
import dev.drydock.tool.InterruptedCalls;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Chooses which open entries a cycle decides, and finds a flood of outputs before the first of them is stored. */
@Singleton
class PlanDecisions {

    private static final Logger LOG = Logger.getLogger(PlanDecisions.class);

    private static final Duration USUAL = Duration.ofDays(30);

    private final UndecidedEntries undecided;
    private final DeferredEntries deferred;
    private final Floods floods;
    private final InterruptedCalls interruptedCalls;
    private final InstantSource clock;

    PlanDecisions(
            UndecidedEntries undecided,
            DeferredEntries deferred,
            Floods floods,
            InterruptedCalls interruptedCalls,
            InstantSource clock) {
        this.undecided = undecided;
        this.deferred = deferred;
        this.floods = floods;
        this.interruptedCalls = interruptedCalls;
        this.clock = clock;
    }

    /**
     * What one cycle decides.
     *
     * @param entries how many, the oldest first
     * @param beyond open entries that {@code drydock.items-per-run} leaves to the next cycle
     * @param deferred entries that this first run leaves to their owner
     * @param flood why their outputs are held; empty if they are not
     */
    record Plan(int entries, int beyond, int deferred, Optional<String> flood) {}

    /** Called once a cycle, after all items were admitted. */
    Plan plan(RegisteredAgent<?, ?> agent, UUID runId, boolean first, boolean all) {
        interruptedCalls.hold(agent.name(), runId);
        var size = agent.settings().runSize();
        var most = size.firstRun().most();
        if (all || most.isEmpty()) {
            deferred.release(agent.name());
        } else if (first) {
            deferred.deferAllBut(agent.name(), most.get());
        }
        var open = undecided.count(agent.name());
        var entries = all ? open : Math.min(open, size.itemsPerRun().orElse(open));
        return new Plan(
                entries,
                open - entries,
                first ? deferred.count(agent.name()) : 0,
                agent.settings().mode() == Mode.LIVE ? flood(agent, runId, entries) : Optional.empty());
    }

    private Optional<String> flood(RegisteredAgent<?, ?> agent, UUID runId, int entries) {
        var name = agent.name();
        var outputs = Math.min(entries, floods.undecided(name));
        var limit = agent.settings().runSize().deliverPerRun();
        var since = clock.instant().minus(USUAL);
        if (!limit.isFlood(outputs, () -> floods.largestRun(name, since))) {
            return Optional.empty();
        }
        floods.hold(name, runId);
        var why = "%,d outputs are held as a flood: %s (DRYDOCK_DELIVER_PER_RUN)"
                .formatted(
                        outputs,
                        limit.adaptive()
                                ? "no run of the last 30 days decided more than %,d"
                                        .formatted(floods.largestRun(name, since))
                                : "at most %,d are to be delivered in a run".formatted(limit.most()));
        LOG.warnf("Run of %s: %s; nothing of them is delivered until a person approves them", name, why);
        return Optional.of(why);
    }
}
