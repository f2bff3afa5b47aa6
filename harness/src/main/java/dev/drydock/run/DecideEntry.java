package dev.drydock.run;

import dev.drydock.agent.Item;
import dev.drydock.agent.Mode;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Asked;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.Json;
import dev.drydock.journal.StoreDecisions.Decision;
import dev.drydock.journal.StoreDecisions.Hold;
import dev.drydock.journal.UndecidedEntries.Undecided;
import dev.drydock.journal.UnjudgedOutputs;
import dev.drydock.model.DecisionContext;
import dev.drydock.model.SideEffects;
import dev.drydock.run.DecideOutcome.Decided;
import dev.drydock.run.DecideOutcome.Failed;
import dev.drydock.run.DecideOutcome.Reach;
import dev.drydock.run.DecideOutcome.Unavailable;
import dev.drydock.run.RunEvent.EntryDecided;
import dev.drydock.run.RunEvent.StageFailed;
import dev.drydock.trace.GenAi;
import dev.drydock.trace.Spans;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Decides one entry: by the agent's rule if it has one, else by asking the model. */
@Singleton
class DecideEntry {

    private static final Logger LOG = Logger.getLogger(DecideEntry.class);

    private final DecideStage stage;
    private final ClassifyFailure failures;
    private final Json json;
    private final Spans spans;
    private final Event<RunEvent> events;

    DecideEntry(DecideStage stage, ClassifyFailure failures, Json json, Spans spans, Event<RunEvent> events) {
        this.stage = stage;
        this.failures = failures;
        this.json = json;
        this.spans = spans;
        this.events = events;
    }

    /**
     * Never throws: whatever one entry does, the others are decided.
     *
     * @param deadline after it, no call waits for its turn
     * @param callHasCome run when the model is called first
     */
    <I extends Item, D> DecideOutcome decide(
            RegisteredAgent<I, D> agent,
            UUID runId,
            Undecided entry,
            Optional<Instant> deadline,
            Runnable callHasCome) {
        var scope = new DecisionContext(agent, runId, entry.id(), entry.answers());
        scope.expectCalls(deadline, callHasCome);
        try {
            var decision = spans.around(
                    "decide",
                    span -> span.setAttribute(GenAi.ENTRY_ID, entry.id().toString()),
                    () -> decide(agent, entry, scope));
            events.fire(new EntryDecided(agent.name(), decision.label(), decision.byRule()));
            return new Decided(decision, scope.calls());
        } catch (Throwable e) { // an Error, too, is the end of this entry only
            var outcome = failures.ofEntry(entry.id(), e, scope);
            if (outcome instanceof Failed || (outcome instanceof Unavailable one && one.reach() == Reach.ENTRY)) {
                events.fire(new StageFailed(agent.name(), "decide"));
            }
            return outcome;
        }
    }

    private <I extends Item, D> Decision decide(RegisteredAgent<I, D> agent, Undecided entry, DecisionContext scope)
            throws Exception {
        var item = json.read(entry.item(), agent.spec().itemType());
        var ruled = agent.agent().rule(item);
        var decision = ruled.isPresent()
                ? ruled.get()
                : scope.run(() -> stage.decide(agent.agent(), item).get());
        Objects.requireNonNull(decision, "the agent's decision is null");
        var label = Objects.requireNonNull(agent.spec().label().apply(decision), "the decision's label is null");
        Span.current().setAttribute(GenAi.LABEL, label);
        return new Decision(
                entry.id(),
                json.write(decision),
                label,
                ruled.isPresent(),
                scope.tokensCut(),
                hold(agent, label, scope.sideEffects()),
                scope.sideEffects().ids(),
                Asked.of(scope.calls()));
    }

    /**
     * A label may claim what only a tool call does: without that call, the decision is not delivered. If the agent expects something
     * of its runs, no output leaves before its run is judged.
     */
    private static @Nullable Hold hold(RegisteredAgent<?, ?> agent, String label, SideEffects calls) {
        var tool = agent.spec().effects().get(label);
        if (tool == null || calls.isUnsure() || calls.carriedOut(tool)) {
            return calls.hold().or(() -> untilJudged(agent)).orElse(null);
        }
        LOG.warnf(
                "A decision of agent %s is held: it says %s, and the tool %s was not called",
                agent.name(), label, tool);
        return new Hold(
                HoldReason.CLAIM,
                "the decision says %s, and the tool %s was not called; reject it, and retry it to have it decided again"
                        .formatted(label, tool));
    }

    private static Optional<Hold> untilJudged(RegisteredAgent<?, ?> agent) {
        return agent.settings().mode() == Mode.LIVE
                        && !agent.spec().expectations().isEmpty()
                ? Optional.of(new Hold(HoldReason.HOLLOW, UnjudgedOutputs.WHY))
                : Optional.empty();
    }
}
