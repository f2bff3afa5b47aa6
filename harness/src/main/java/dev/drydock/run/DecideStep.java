package dev.drydock.run;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.model.Batches;
import dev.drydock.model.ModelFault;
import dev.drydock.run.PlanDecisions.Plan;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Collects answers of batches, plans which entries to decide, decides them, and sends what they ask in a batch. */
@Singleton
class DecideStep {

    private static final Logger LOG = Logger.getLogger(DecideStep.class);

    private final PlanDecisions plans;
    private final DecideEntries entries;
    private final Batches batches;
    private final ClassifyFailure failures;

    DecideStep(PlanDecisions plans, DecideEntries entries, Batches batches, ClassifyFailure failures) {
        this.plans = plans;
        this.entries = entries;
        this.batches = batches;
        this.failures = failures;
    }

    /** What was to be decided, and what was. */
    record Decided(Plan plan, DecideTally tally) {}

    /**
     * @param first whether it is the agent's first run
     * @param all whether to decide everything that waits
     */
    Decided decide(RegisteredAgent<?, ?> agent, UUID runId, boolean first, boolean all, StopCondition stop) {
        collect(agent);
        var plan = plans.plan(agent, runId, first, all);
        var tally = entries.decide(agent, runId, plan, stop);
        if (tally.decided() > 0 || tally.cost().calls() > 0) {
            LOG.infof("Decided %d entries: %s", tally.decided(), tally.cost());
        }
        return new Decided(plan, tally.interrupted() || stop.isStopped() ? tally : submit(agent, tally));
    }

    private void collect(RegisteredAgent<?, ?> agent) {
        try {
            batches.collect(agent);
        } catch (RuntimeException e) {
            var fault = ModelFault.of(e).orElseThrow(() -> e);
            LOG.warnf(
                    "Cannot collect the batches of %s: %s; their entries wait for the next run",
                    agent.name(), fault.message());
        }
    }

    private DecideTally submit(RegisteredAgent<?, ?> agent, DecideTally tally) {
        try {
            return tally.inBatch(batches.submit(agent));
        } catch (RuntimeException e) {
            var fault = ModelFault.of(e).orElseThrow(() -> e);
            var why = "the calls could not be sent as a batch, and are sent by the next run: " + fault.message();
            LOG.warnf("Run of %s: %s", agent.name(), why);
            return tally.cutShort() == null ? tally.cutShort(failures.ofBatch(fault), why) : tally;
        }
    }
}
