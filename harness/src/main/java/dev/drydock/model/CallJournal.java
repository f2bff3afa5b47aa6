package dev.drydock.model;

import dev.drydock.database.Database;
import dev.drydock.journal.BatchedCalls.Unused;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.ModelCall.Origin;
import dev.drydock.journal.ModelCall.Prompt;
import dev.drydock.journal.ModelCall.Route;
import dev.drydock.journal.ModelCall.Tokens;
import dev.drydock.journal.StoreCalls;
import dev.drydock.model.CallCost.Cost;
import dev.drydock.model.Trial.Recording;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record of a call, with its secrets masked, and keeps it. The record of a call for an entry is stored with that
 * entry's decision; any other is stored at once. Each is fired as an event, in the thread that made the call.
 */
@Singleton
class CallJournal {

    private static final Logger LOG = Logger.getLogger(CallJournal.class);

    /** When a request was sent. */
    record Sent(Instant at, long nanos) {

        Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }
    }

    /** How a call ended. */
    record Outcome(
            @Nullable ModelAnswer answer,
            Tokens tokens,
            Optional<Cost> cost,
            @Nullable String fault) {}

    private final CallJson json;
    private final PromptNames prompts;
    private final InstantSource clock;
    private final StoreCalls store;
    private final Event<ModelCall> events;

    CallJournal(CallJson json, PromptNames prompts, InstantSource clock, StoreCalls store, Event<ModelCall> events) {
        this.json = json;
        this.prompts = prompts;
        this.clock = clock;
        this.store = store;
        this.events = events;
    }

    Sent now() {
        return new Sent(clock.instant(), System.nanoTime());
    }

    ModelCall answered(ModelRequest request, ModelAnswer answer, Optional<Cost> cost, Sent sent) {
        var tokens = answer.usage().toTokens(request.tokensCut());
        return keep(request, new Outcome(answer, tokens, cost, null), sent, false);
    }

    ModelCall failed(ModelRequest request, RuntimeException fault, Optional<Cost> cost, Sent sent) {
        var tokens = Usage.NONE.toTokens(request.tokensCut());
        return keep(request, new Outcome(null, tokens, cost, json.fault(fault)), sent, false);
    }

    /** An answer from the cache: it took no tokens and costs nothing. */
    ModelCall cached(ModelRequest request, ModelAnswer answer, Sent sent) {
        var tokens = new Tokens(0L, 0L, 0L, 0L, 0);
        return keep(request, new Outcome(answer, tokens, Optional.of(Cost.NOTHING), null), sent, true);
    }

    /** An answer from a batch, under the id of its call there, so that it is stored once. Its latency says nothing of the server. */
    void batched(UUID id, ModelRequest request, ModelAnswer answer, Optional<Cost> cost) {
        var outcome = new Outcome(answer, answer.usage().toTokens(request.tokensCut()), cost, null);
        keep(call(id, request, outcome, now(), false, Duration.ZERO), request);
    }

    /** An answer from a batch that no entry used, under the id of its call there. It belongs to its agent alone. Throws if it cannot be stored. */
    void unused(Unused unused, String agent, String model, Usage usage, Optional<Cost> cost) {
        store.store(List.of(new ModelCall(
                unused.call(),
                new Origin(agent, null, null),
                new Route(model, model, "unused"),
                new Prompt("", ""),
                1,
                "{}",
                null,
                usage.toTokens(0),
                cost.map(Cost::usd).orElse(null),
                cost.map(Cost::origin).orElse("price not known") + "; not used: " + unused.why(),
                null,
                null,
                false,
                clock.instant(),
                Duration.ZERO)));
    }

    /** A recorded answer in a trial, with what it cost when it was recorded. Nobody is told: nothing was sent. */
    void recorded(ModelRequest request, ModelAnswer answer, Recording recording, Sent sent) {
        var cost = Optional.ofNullable(recording.costUsd()).map(usd -> new Cost(usd, "recorded"));
        var call = call(
                Database.newId(),
                request,
                new Outcome(answer, recording.tokens(), cost, null),
                sent,
                true,
                Duration.ofMillis(recording.latencyMillis()));
        request.context().ifPresent(decision -> decision.add(call));
    }

    private ModelCall keep(ModelRequest request, Outcome outcome, Sent sent, boolean fromCache) {
        return keep(call(Database.newId(), request, outcome, sent, fromCache, sent.elapsed()), request);
    }

    private ModelCall keep(ModelCall call, ModelRequest request) {
        request.context().ifPresentOrElse(decision -> decision.add(call), () -> store(call));
        try {
            events.fire(call);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "An observer of model calls failed (%s); the answer is used",
                    e.getClass().getSimpleName());
        }
        return call;
    }

    private ModelCall call(
            UUID id, ModelRequest request, Outcome outcome, Sent sent, boolean fromCache, Duration latency) {
        var answer = outcome.answer();
        return new ModelCall(
                id,
                request.context().map(DecisionContext::origin).orElse(new Origin(null, null, null)),
                new Route(request.chosen().name(), answer == null ? null : answer.model(), request.why()),
                prompt(request),
                request.context().map(DecisionContext::attempt).orElse(1),
                json.request(request),
                answer == null ? null : json.answer(answer),
                outcome.tokens(),
                outcome.cost().map(Cost::usd).orElse(null),
                outcome.cost().map(Cost::origin).orElse(null),
                answer == null || answer.finish() == null
                        ? null
                        : answer.finish().name(),
                outcome.fault(),
                fromCache,
                sent.at(),
                latency);
    }

    Prompt prompt(ModelRequest request) {
        return request.context().flatMap(DecisionContext::prompt).orElseGet(() -> prompts.of(request));
    }

    private void store(ModelCall call) {
        try {
            store.store(List.of(call));
        } catch (RuntimeException e) {
            LOG.errorf(
                    "A call of the model %s could not be recorded; its answer is used",
                    call.route().asked());
        }
    }
}
