package dev.drydock.config;

import dev.drydock.agent.Agent;
import dev.drydock.agent.Item;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All agents, by name. The start fails if two share a name, or if a setting names an unknown agent. */
@Singleton
public class Agents {

    private final SortedMap<String, RegisteredAgent<?, ?>> byName = new TreeMap<>();

    @Inject
    Agents(@Any Instance<Agent<?, ?>> agents, DrydockConfig config) {
        this(agents.stream(), config);
    }

    public Agents(Stream<Agent<?, ?>> agents, DrydockConfig config) {
        agents.forEach(agent -> register(agent, config));
        var unknown = config.agents().keySet().stream()
                .filter(name -> !byName.containsKey(name))
                .map(name ->
                        "drydock.agents.%s: no agent has this name; the agents are %s".formatted(name, byName.keySet()))
                .toList();
        if (!unknown.isEmpty()) {
            throw new SettingsException(unknown);
        }
    }

    private <I extends Item, D> void register(Agent<I, D> agent, DrydockConfig config) {
        var spec = agent.spec();
        var own = Optional.ofNullable(config.agents().get(spec.name()));
        var registered = new RegisteredAgent<>(agent, spec, AgentSettings.of(config, own, spec.schedule()));
        if (byName.putIfAbsent(spec.name(), registered) != null) {
            throw new SettingsException("two agents are named \"%s\": rename one in its spec()".formatted(spec.name()));
        }
    }

    public Collection<RegisteredAgent<?, ?>> all() {
        return byName.values();
    }

    public Optional<RegisteredAgent<?, ?>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** For a person who asked for an agent that does not exist. */
    public String unknown(String name) {
        return "There is no agent \"%s\". There are: %s".formatted(name, String.join(", ", byName.keySet()));
    }
}
