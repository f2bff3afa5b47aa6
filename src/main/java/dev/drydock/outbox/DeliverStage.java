package dev.drydock.outbox;

import dev.drydock.agent.Agent;
import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Item;
import dev.drydock.agent.Receipt;
import dev.drydock.agent.UndeliverableException;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Calls {@code Agent.deliver}, guarded. Times are in milliseconds; each can be set as
 * {@code quarkus.fault-tolerance."dev.drydock.outbox.DeliverStage/deliver".retry.max-retries} and so on.
 */
@Singleton
class DeliverStage {

    /** Tries a few times within seconds; what still fails goes back to the outbox for minutes. */
    @Retry(
            maxRetries = 2,
            delay = 500,
            jitter = 250,
            abortOn = {UndeliverableException.class, CircuitBreakerOpenException.class})
    @ExponentialBackoff
    @CircuitBreaker(requestVolumeThreshold = 10, delay = 30_000, skipOn = UndeliverableException.class)
    @CircuitBreakerName("deliver")
    @Timeout(30_000)
    @Bulkhead(256)
    public <I extends Item, D> Receipt deliver(Agent<I, D> agent, I item, D decision, DeliveryKey key)
            throws Exception {
        return agent.deliver(item, decision, key);
    }

    /** Calls once, for outputs that must never go out twice. */
    @CircuitBreaker(requestVolumeThreshold = 10, delay = 30_000, skipOn = UndeliverableException.class)
    @CircuitBreakerName("deliver-once")
    @Timeout(30_000)
    @Bulkhead(256)
    public <I extends Item, D> Receipt deliverOnce(Agent<I, D> agent, I item, D decision, DeliveryKey key)
            throws Exception {
        return agent.deliver(item, decision, key);
    }
}
