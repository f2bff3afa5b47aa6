package dev.drydock.run;

import dev.drydock.agent.Agent;
import dev.drydock.agent.Item;
import dev.drydock.concurrent.Interrupts;
import dev.drydock.model.DecisionContext;
import dev.langchain4j.exception.NonRetriableException;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Calls {@code Agent.decide}, guarded. CircuitBreakers belong to the models, and stand behind the door to them. Times are in
 * milliseconds; each can be set as {@code quarkus.fault-tolerance."dev.drydock.run.DecideStage/decide".retry.max-retries}
 * and so on.
 */
@Singleton
class DecideStage {

    @Retry(
            maxRetries = 3,
            delay = 500,
            jitter = 250,
            maxDuration = 180_000,
            abortOn = {NonRetriableException.class, CircuitBreakerOpenException.class, InterruptedException.class})
    @ExponentialBackoff(maxDelay = 20_000)
    @Timeout(120_000)
    @Bulkhead(256)
    public <I extends Item, D> Supplier<D> decide(Agent<I, D> agent, I item) throws Exception {
        DecisionContext.nextAttempt();
        return Interrupts.within(() -> agent.decide(item));
    }
}
