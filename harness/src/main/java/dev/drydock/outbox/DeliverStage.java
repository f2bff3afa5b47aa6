package dev.drydock.outbox;

import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Item;
import dev.drydock.agent.RateLimitedException;
import dev.drydock.agent.Receipt;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.concurrent.CircuitBreakers;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.http.PacedWork;
import dev.drydock.http.RequestPace;
import dev.drydock.http.RequestPaces;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Calls {@code Agent.deliver} at the pace of its target, with retries. Each agent's target has its own circuit breaker, outside the
 * timeout of {@link DeliverAttempt}, so that a timeout counts as a failure. Times are in milliseconds; each value can be set as
 * {@code quarkus.fault-tolerance."dev.drydock.outbox.DeliverStage/deliver".retry.max-retries} and so on.
 */
@Singleton
class DeliverStage {

    private static final CircuitBreakers.Rule RULE = new CircuitBreakers.Rule(
            "dev.drydock.outbox.DeliverAttempt/deliver",
            10,
            Duration.ofSeconds(30),
            fault -> !(fault instanceof UndeliverableException
                    || fault instanceof RateLimitedException
                    || fault instanceof InterruptedException));

    private final CircuitBreakers circuits;
    private final DeliverAttempt attempt;
    private final RequestPaces paces;

    /** By agent, the pace of the channel that its latest delivery went through. */
    private final Map<String, RequestPace> channels = new ConcurrentHashMap<>();

    DeliverStage(CircuitBreakers circuits, DeliverAttempt attempt, RequestPaces paces) {
        this.circuits = circuits;
        this.attempt = attempt;
        this.paces = paces;
    }

    /** Whether a delivery now would be refused by the circuit breaker of the agent's target. */
    boolean isOpen(RegisteredAgent<?, ?> agent) {
        return circuits.isOpen(target(agent));
    }

    /** The pace of the agent's target: that of the channel, or one of its own that is learned from refusals. */
    RequestPace paceOf(RegisteredAgent<?, ?> agent) {
        return channels.getOrDefault(agent.name(), ownPace(agent));
    }

    /**
     * Makes a delivery at the pace of the agent's target.
     *
     * @param inTurn whether a turn of the pace was taken for it
     */
    <T> T atPace(RegisteredAgent<?, ?> agent, boolean inTurn, Callable<T> delivery) throws Exception {
        var work = new PacedWork(inTurn ? paceOf(agent) : null);
        var begin = System.nanoTime();
        try {
            var receipt = work.call(delivery);
            if (work.met().isEmpty()) {
                ownPace(agent).accepted();
            }
            return receipt;
        } catch (RateLimitedException e) {
            if (work.met().isEmpty()) {
                ownPace(agent).refused(begin, e.retryAfter());
            }
            throw e;
        } finally {
            channels.put(agent.name(), work.met().orElseGet(() -> ownPace(agent)));
        }
    }

    private RequestPace ownPace(RegisteredAgent<?, ?> agent) {
        return paces.named(target(agent), Optional.empty());
    }

    /**
     * Retries within seconds; an entry that still fails waits in the outbox, for minutes.
     *
     * @param failedCall receives what a call of the agent threw: the target may have been reached, whatever ends the retries
     */
    @Retry(
            maxRetries = 2,
            delay = 500,
            jitter = 250,
            abortOn = {
                UndeliverableException.class,
                RateLimitedException.class,
                CircuitBreakerOpenException.class,
                InterruptedException.class
            })
    @ExponentialBackoff
    @Bulkhead(256)
    public <I extends Item, D> Receipt deliver(
            RegisteredAgent<I, D> agent, I item, D decision, DeliveryKey key, Consumer<Throwable> failedCall)
            throws Exception {
        return call(agent, item, decision, key, failedCall);
    }

    /** Calls once, for outputs that must never be sent twice. */
    @Bulkhead(256)
    public <I extends Item, D> Receipt deliverOnce(
            RegisteredAgent<I, D> agent, I item, D decision, DeliveryKey key, Consumer<Throwable> failedCall)
            throws Exception {
        return call(agent, item, decision, key, failedCall);
    }

    private <I extends Item, D> Receipt call(
            RegisteredAgent<I, D> agent, I item, D decision, DeliveryKey key, Consumer<Throwable> failedCall)
            throws Exception {
        return circuits.guard(target(agent), RULE, () -> {
            try {
                return attempt.deliver(agent, item, decision, key).get();
            } catch (RateLimitedException e) { // refused: this call did not arrive
                throw e;
            } catch (Throwable e) {
                failedCall.accept(e);
                throw e;
            }
        });
    }

    private static String target(RegisteredAgent<?, ?> agent) {
        return "target of " + agent.name();
    }
}
