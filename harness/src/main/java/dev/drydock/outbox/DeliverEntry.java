package dev.drydock.outbox;

import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Item;
import dev.drydock.agent.RateLimitedException;
import dev.drydock.agent.Receipt;
import dev.drydock.concurrent.Lease;
import dev.drydock.config.DeliveryGuarantee;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.DeliveryClaims.Due;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.Json;
import dev.drydock.journal.SettleDeliveries.Settlement;
import dev.drydock.trace.GenAi;
import dev.drydock.trace.Spans;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes one attempt at one delivery. */
@Singleton
class DeliverEntry {

    private static final Logger LOG = Logger.getLogger(DeliverEntry.class);

    private final DeliverStage stage;
    private final DeliveryPolicy policy;
    private final Json json;
    private final Spans spans;
    private final Event<DeliveryEvent> events;

    DeliverEntry(DeliverStage stage, DeliveryPolicy policy, Json json, Spans spans, Event<DeliveryEvent> events) {
        this.stage = stage;
        this.policy = policy;
        this.json = json;
        this.spans = spans;
        this.events = events;
    }

    /**
     * Makes one attempt. Empty if nothing was delivered and the attempt does not count: the target takes no more for now, its
     * circuit breaker is open, the lease expired before the attempt began, or too many deliveries are in flight in this process.
     *
     * @param inTurn whether a turn of the target's pace was taken for it
     */
    Optional<Settlement> deliver(RegisteredAgent<?, ?> agent, Due due, Lease lease, boolean inTurn) {
        if (!lease.isHeld()) {
            return Optional.empty();
        }
        var once = agent.settings().delivery() == DeliveryGuarantee.AT_MOST_ONCE;
        var failedCall = new AtomicReference<@Nullable Throwable>();
        try {
            var receipt = stage.atPace(
                    agent,
                    inTurn,
                    () -> spans.around(
                            "deliver",
                            span -> describe(span, agent, due),
                            () -> send(agent, due, once, failedCall::set)));
            return Optional.of(DeliveryPolicy.delivered(due, receipt));
        } catch (RateLimitedException e) {
            LOG.infof(
                    "Entry %s waits for its turn (%s); deliveries of %s continue in their order",
                    due.entryId(), e.getMessage(), agent.name());
            return ofCallBefore(agent, due, failedCall.get(), once);
        } catch (CircuitBreakerOpenException | BulkheadException e) {
            return ofCallBefore(agent, due, failedCall.get(), once);
        } catch (InterruptedException e) {
            LOG.infof("Delivery of entry %s was interrupted at attempt %d", due.entryId(), due.attempt());
            return Optional.of(policy.interrupted(due, once));
        } catch (Throwable e) { // an Error too ends only this attempt
            return Optional.of(failed(agent, due, e, policy.failed(due, e, once)));
        }
    }

    /** A call before the retry that was refused may have arrived: it stays on record. */
    private Optional<Settlement> ofCallBefore(
            RegisteredAgent<?, ?> agent, Due due, @Nullable Throwable fault, boolean once) {
        return Optional.ofNullable(fault)
                .map(before -> failed(
                        agent, due, before, once ? policy.failed(due, before, true) : policy.uncounted(due, before)));
    }

    private Settlement failed(RegisteredAgent<?, ?> agent, Due due, Throwable fault, Settlement settlement) {
        events.fire(new DeliveryEvent.Failed(agent.name()));
        LOG.warnf(
                "Delivery of entry %s failed at attempt %d (%s); %s",
                due.entryId(), due.attempt(), fault.getClass().getSimpleName(), whatFollows(settlement));
        return settlement;
    }

    private static void describe(Span span, RegisteredAgent<?, ?> agent, Due due) {
        span.setAttribute(GenAi.AGENT_NAME, agent.name());
        span.setAttribute(GenAi.ENTRY_ID, due.entryId().toString());
        span.setAttribute(GenAi.ATTEMPT, (long) due.attempt());
    }

    private <I extends Item, D> Receipt send(
            RegisteredAgent<I, D> agent, Due due, boolean once, Consumer<Throwable> failedCall) throws Exception {
        var item = json.read(due.item(), agent.spec().itemType());
        var decision = json.read(due.decision(), agent.spec().decisionType());
        var key = DeliveryKey.of(agent.name(), due.itemId(), due.itemVersion());
        return once
                ? stage.deliverOnce(agent, item, decision, key, failedCall)
                : stage.deliver(agent, item, decision, key, failedCall);
    }

    private static String whatFollows(Settlement settlement) {
        return settlement.next() == EntryState.PENDING
                ? "next attempt in %d s".formatted(settlement.pause().toSeconds())
                : "it is UNDELIVERABLE until a person redelivers it";
    }
}
