package dev.drydock.config;

import dev.drydock.agent.Agent;
import dev.drydock.agent.AgentSpec;
import dev.drydock.agent.Item;

/** A user's agent together with what it said of itself and the settings in force for it. */
public record RegisteredAgent<I extends Item, D>(Agent<I, D> agent, AgentSpec<I, D> spec, AgentSettings settings) {

    public String name() {
        return spec.name();
    }
}
