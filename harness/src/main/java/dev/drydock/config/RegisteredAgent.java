package dev.drydock.config;

import dev.drydock.agent.Agent;
import dev.drydock.agent.AgentSpec;
import dev.drydock.agent.Item;

/** An agent with its spec and its effective settings. */
public record RegisteredAgent<I extends Item, D>(Agent<I, D> agent, AgentSpec<I, D> spec, AgentSettings settings) {

    public String name() {
        return spec.name();
    }
}
