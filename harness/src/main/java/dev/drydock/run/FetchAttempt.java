package dev.drydock.run;

import dev.drydock.agent.Item;
import dev.drydock.agent.Window;
import dev.drydock.concurrent.Interrupts;
import dev.drydock.config.RegisteredAgent;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** One call of {@code Agent.fetch} with a timeout, in milliseconds; the circuit breaker of the source is outside it. */
@Singleton
class FetchAttempt {

    @Timeout(120_000)
    public <I extends Item> List<I> fetch(RegisteredAgent<I, ?> agent, Window window) throws Exception {
        return Interrupts.unwrap(() -> agent.agent().fetch(window));
    }
}
