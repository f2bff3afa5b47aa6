package dev.drydock.tool;

import dev.drydock.agent.AgentSpec;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.SettingsException;
import io.quarkiverse.langchain4j.runtime.ToolsRecorder;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Ends the start if an agent's {@link AgentSpec#effects} name a tool that does not exist: each decision with its label would be held. */
@Singleton
class CheckEffects {

    private final Agents agents;

    CheckEffects(Agents agents) {
        this.agents = agents;
    }

    void start(@Observes StartupEvent event) {
        check();
    }

    /** Throws {@link SettingsException} with all faults. */
    void check() {
        var tools = ToolsRecorder.getMetadata().entrySet().stream()
                .flatMap(owner ->
                        owner.getValue().stream().map(method -> RecordCalls.name(owner.getKey(), method.methodName())))
                .toList();
        var faults =
                agents.all().stream().flatMap(agent -> faults(agent, tools)).toList();
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
    }

    private static Stream<String> faults(RegisteredAgent<?, ?> agent, List<String> tools) {
        return agent.spec().effects().entrySet().stream()
                .filter(effect -> tools.stream()
                        .noneMatch(tool -> tool.equals(effect.getValue()) || tool.endsWith("." + effect.getValue())))
                .map(effect ->
                        "agent %s: effects(…) in its spec() names the tool %s for the label %s, and no method with @Tool has this name; there are %s"
                                .formatted(agent.name(), effect.getValue(), effect.getKey(), new TreeSet<>(tools)));
    }
}
