package dev.drydock.run;

import dev.drydock.agent.Agent;
import dev.drydock.agent.Item;
import dev.drydock.agent.Window;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Calls {@code Agent.fetch}, guarded. Times are in milliseconds; each can be set as
 * {@code quarkus.fault-tolerance."dev.drydock.run.FetchStage/fetch".retry.max-retries} and so on.
 */
@Singleton
class FetchStage {

    @Retry(maxRetries = 3, delay = 1_000, jitter = 500, abortOn = CircuitBreakerOpenException.class)
    @ExponentialBackoff(maxDelay = 30_000)
    @CircuitBreaker(requestVolumeThreshold = 12, delay = 60_000)
    @CircuitBreakerName("fetch")
    @Timeout(120_000)
    @Bulkhead(32)
    public <I extends Item, D> List<I> fetch(Agent<I, D> agent, Window window) throws Exception {
        return agent.fetch(window);
    }
}
