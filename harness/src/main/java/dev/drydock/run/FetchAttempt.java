package dev.drydock.run;

import dev.drydock.agent.Item;
import dev.drydock.agent.Window;
import dev.drydock.concurrent.Interrupts;
import dev.drydock.config.RegisteredAgent;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** One call of {@code Agent.fetch} with a timeout, in milliseconds; the circuit breaker of the source is outside it. */
@Singleton
class FetchAttempt {

    @Timeout(120_000)
    public <I extends Item> Supplier<List<I>> fetch(RegisteredAgent<I, ?> agent, Window window) throws Exception {
        var items = Interrupts.within(() -> agent.agent().fetch(window));
        if (Thread.interrupted()) { // the agent may have taken it for a failure of one item
            throw new InterruptedException("interrupted while fetching; what was fetched may be incomplete");
        }
        return items;
    }
}
