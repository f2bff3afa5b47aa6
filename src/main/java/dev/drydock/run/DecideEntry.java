package dev.drydock.run;

import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Json;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.StoreDecisions.Decision;
import dev.drydock.journal.StoreDecisions.Failure;
import dev.drydock.journal.UndecidedEntries.Undecided;
import dev.drydock.model.CallRecorder;
import dev.drydock.model.Faults;
import dev.drydock.run.Verdict.Decided;
import dev.drydock.run.Verdict.Failed;
import dev.drydock.run.Verdict.NotServed;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/** Decides one entry: by the agent's rule if it has one, else by asking the model. */
@Singleton
class DecideEntry {

    private static final Logger LOG = Logger.getLogger(DecideEntry.class);

    private final DecideStage stage;
    private final CallRecorder recorder;
    private final Json json;

    DecideEntry(DecideStage stage, CallRecorder recorder, Json json) {
        this.stage = stage;
        this.recorder = recorder;
        this.json = json;
    }

    /** Never throws: whatever one entry does, the others are decided. */
    <I extends Item, D> Verdict decide(RegisteredAgent<I, D> agent, Undecided entry) {
        var calls = new ArrayList<ModelCall>();
        try {
            var item = json.read(entry.item(), agent.spec().itemType());
            var ruled = agent.agent().rule(item);
            if (ruled.isPresent()) {
                return new Decided(decision(agent, entry, ruled.get(), true), calls);
            }
            var decision = recorder.record(calls, () -> stage.decide(agent.agent(), item));
            return new Decided(decision(agent, entry, decision, false), calls);
        } catch (Throwable e) { // an Error, too, is the end of this entry only
            return failed(entry, e, calls);
        }
    }

    private <D> Decision decision(RegisteredAgent<?, D> agent, Undecided entry, D decision, boolean byRule) {
        Objects.requireNonNull(decision, "the agent's decision is null");
        return new Decision(
                entry.id(),
                json.write(decision),
                Objects.requireNonNull(agent.spec().label().apply(decision), "the decision's label is null"),
                byRule);
    }

    private static Verdict failed(Undecided entry, Throwable fault, List<ModelCall> calls) {
        var failure = new Failure(entry.id(), Faults.describe(fault));
        if (Faults.isOutage(fault)) {
            return new NotServed(failure, fault instanceof CircuitBreakerOpenException, calls);
        }
        LOG.warnf(
                "Entry %s could not be decided (%s); the next cycle tries it again, unless that was its last",
                entry.id(), fault.getClass().getSimpleName());
        return new Failed(failure, calls);
    }
}
