package dev.drydock.outbox;

import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Item;
import dev.drydock.agent.Receipt;
import dev.drydock.concurrent.Interrupts;
import dev.drydock.config.RegisteredAgent;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** One call of {@code Agent.deliver} with a timeout, in milliseconds; the circuit breaker of the target is outside it. */
@Singleton
class DeliverAttempt {

    @Timeout(30_000)
    public <I extends Item, D> Supplier<Receipt> deliver(
            RegisteredAgent<I, D> agent, I item, D decision, DeliveryKey key) throws Exception {
        return Interrupts.within(() -> agent.agent().deliver(item, decision, key));
    }
}
