package dev.drydock.outbox;

import dev.drydock.agent.RateLimitedException;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.http.PacedWork;
import dev.drydock.http.RequestPace;
import dev.drydock.http.RequestPaces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast each agent's target takes outputs: at the pace of the channel that the agent's latest delivery went through. A
 * target that an agent reaches by a client of its own has a pace that is learned from its refusals.
 */
@Singleton
class TargetPaces {

    private final Map<String, RequestPace> byAgent = new ConcurrentHashMap<>();
    private final RequestPaces paces;

    TargetPaces(RequestPaces paces) {
        this.paces = paces;
    }

    /** The pace of the agent's target. */
    RequestPace of(RegisteredAgent<?, ?> agent) {
        return byAgent.getOrDefault(agent.name(), own(agent));
    }

    /**
     * Makes a delivery.
     *
     * @param inTurn whether a turn of the target's pace was taken for it
     */
    <T> T deliver(RegisteredAgent<?, ?> agent, boolean inTurn, Callable<T> delivery) throws Exception {
        var work = new PacedWork(inTurn ? of(agent) : null);
        var begin = System.nanoTime();
        try {
            var receipt = work.call(delivery);
            if (work.met().isEmpty()) {
                own(agent).accepted();
            }
            return receipt;
        } catch (RateLimitedException e) {
            if (work.met().isEmpty()) {
                own(agent).refused(begin, e.retryAfter());
            }
            throw e;
        } finally {
            byAgent.put(agent.name(), work.met().orElseGet(() -> own(agent)));
        }
    }

    private RequestPace own(RegisteredAgent<?, ?> agent) {
        return paces.named("target of " + agent.name(), Optional.empty());
    }
}
