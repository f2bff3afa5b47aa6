package dev.drydock.run;

import dev.drydock.agent.Agent;
import dev.drydock.agent.Item;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RetriableException;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * Calls {@code Agent.decide}, guarded. Times are in milliseconds; each can be set as
 * {@code quarkus.fault-tolerance."dev.drydock.run.DecideStage/decide".retry.max-retries} and so on.
 */
@Singleton
class DecideStage {

    /** The circuit opens on what {@link dev.drydock.model.Faults#isOutage} takes for an outage, not on a strange entry. */
    @Retry(
            maxRetries = 3,
            delay = 500,
            jitter = 250,
            abortOn = {NonRetriableException.class, CircuitBreakerOpenException.class})
    @ExponentialBackoff(maxDelay = 20_000)
    @CircuitBreaker(
            requestVolumeThreshold = 20,
            delay = 30_000,
            failOn = {
                RetriableException.class,
                AuthenticationException.class,
                ModelNotFoundException.class,
                ProcessingException.class,
                SocketException.class,
                UnknownHostException.class,
                InterruptedIOException.class,
                TimeoutException.class
            })
    @CircuitBreakerName("model")
    @Timeout(60_000)
    @Bulkhead(256)
    public <I extends Item, D> D decide(Agent<I, D> agent, I item) throws Exception {
        return agent.decide(item);
    }
}
