package dev.drydock.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.NoteAgent;
import dev.drydock.TestSettings;
import dev.drydock.agent.Mode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgentsTest {

    private final NoteAgent agent = new NoteAgent();

    @Test
    void takes_the_global_settings_where_an_agent_has_none_of_its_own() {
        var settings = settings(Map.of("DRYDOCK_MODE", "review", "DRYDOCK_CONCURRENCY", "3"));

        assertThat(settings.mode()).isEqualTo(Mode.REVIEW);
        assertThat(settings.concurrency()).isEqualTo(3);
        assertThat(settings.schedule()).hasToString("every 5m");
        assertThat(settings.delivery()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
    }

    @Test
    void refuses_two_agents_of_one_name() {
        assertThatThrownBy(() -> new Agents(Stream.of(agent, agent), config(Map.of())))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("two agents are named");
    }

    @Test
    void refuses_settings_of_an_agent_that_does_not_exist() {
        assertThatThrownBy(() -> new Agents(Stream.of(agent), config(Map.of("DRYDOCK_AGENTS_GHOST_MODE", "live"))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("drydock.agents.ghost: no agent has this name");
    }

    private AgentSettings settings(Map<String, String> environment) {
        var agents = new Agents(Stream.of(agent), config(environment));
        return agents.named(agent.spec().name()).orElseThrow().settings();
    }

    private static DrydockConfig config(Map<String, String> environment) {
        return TestSettings.ofEnvironment(environment);
    }
}
