package dev.drydock.outbox;

import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Item;
import dev.drydock.agent.Receipt;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.concurrent.CircuitBreakers;
import dev.drydock.concurrent.Interrupts;
import dev.drydock.config.RegisteredAgent;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Calls {@code Agent.deliver}, guarded. Each agent's target has a circuit of its own. Times are in
 * milliseconds; each can be set as {@code quarkus.fault-tolerance."dev.drydock.outbox.DeliverStage/deliver".retry.max-retries} and so on.
 */
@Singleton
class DeliverStage {

    private static final CircuitBreakers.Rule RULE = new CircuitBreakers.Rule(
            10,
            Duration.ofSeconds(30),
            fault -> !(fault instanceof UndeliverableException || fault instanceof InterruptedException));

    private final CircuitBreakers circuits;

    DeliverStage(CircuitBreakers circuits) {
        this.circuits = circuits;
    }

    /** Whether the agent's target is left alone for now. */
    boolean isOpen(RegisteredAgent<?, ?> agent) {
        return circuits.isOpen(circuit(agent));
    }

    /** Tries a few times within seconds; what still fails goes back to the outbox for minutes. */
    @Retry(
            maxRetries = 2,
            delay = 500,
            jitter = 250,
            abortOn = {UndeliverableException.class, CircuitBreakerOpenException.class, InterruptedException.class})
    @ExponentialBackoff
    @Timeout(30_000)
    @Bulkhead(256)
    public <I extends Item, D> Receipt deliver(RegisteredAgent<I, D> agent, I item, D decision, DeliveryKey key)
            throws Exception {
        return send(agent, item, decision, key);
    }

    /** Calls once, for outputs that must never go out twice. */
    @Timeout(30_000)
    @Bulkhead(256)
    public <I extends Item, D> Receipt deliverOnce(RegisteredAgent<I, D> agent, I item, D decision, DeliveryKey key)
            throws Exception {
        return send(agent, item, decision, key);
    }

    private <I extends Item, D> Receipt send(RegisteredAgent<I, D> agent, I item, D decision, DeliveryKey key)
            throws Exception {
        return circuits.guard(
                circuit(agent),
                RULE,
                () -> Interrupts.unwrap(() -> agent.agent().deliver(item, decision, key)));
    }

    private static String circuit(RegisteredAgent<?, ?> agent) {
        return "target of " + agent.name();
    }
}
