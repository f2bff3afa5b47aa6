package dev.drydock.run;

import dev.drydock.agent.Item;
import dev.drydock.agent.RateLimitedException;
import dev.drydock.agent.Window;
import dev.drydock.concurrent.CircuitBreakers;
import dev.drydock.config.RegisteredAgent;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Calls {@code Agent.fetch} with retries. Each agent's source has its own circuit breaker, outside the timeout of
 * {@link FetchAttempt}, so that a timeout counts as a failure. Times are in milliseconds; each value can be set as
 * {@code quarkus.fault-tolerance."dev.drydock.run.FetchStage/fetch".retry.max-retries} and so on.
 */
@Singleton
class FetchStage {

    private static final CircuitBreakers.Rule RULE = new CircuitBreakers.Rule(
            "dev.drydock.run.FetchAttempt/fetch",
            12,
            Duration.ofMinutes(1),
            fault -> !(fault instanceof RateLimitedException || fault instanceof InterruptedException));

    private final CircuitBreakers circuits;
    private final FetchAttempt attempt;

    FetchStage(CircuitBreakers circuits, FetchAttempt attempt) {
        this.circuits = circuits;
        this.attempt = attempt;
    }

    @Retry(
            maxRetries = 3,
            delay = 1_000,
            jitter = 500,
            abortOn = {RateLimitedException.class, CircuitBreakerOpenException.class, InterruptedException.class})
    @ExponentialBackoff(maxDelay = 30_000)
    @Bulkhead(32)
    public <I extends Item> List<I> fetch(RegisteredAgent<I, ?> agent, Window window) throws Exception {
        return circuits.guard(
                "source of " + agent.name(),
                RULE,
                () -> attempt.fetch(agent, window).get());
    }
}
