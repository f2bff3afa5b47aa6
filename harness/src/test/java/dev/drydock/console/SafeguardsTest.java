package dev.drydock.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent;
import dev.drydock.TestSettings;
import dev.drydock.alert.AlertChannels;
import dev.drydock.config.Agents;
import dev.drydock.connect.LogLines;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SafeguardsTest {

    @Inject
    AlertChannels channels;

    /** A budget is set, and the tests have an alert channel of their own. */
    @Test
    void names_in_one_paragraph_what_a_live_agent_lacks() {
        var agent = new NoteAgent();
        var config = TestSettings.of(Map.of("drydock.mode", "live", "drydock.budget.daily-usd", "1"));
        try (var log = new LogLines(Safeguards.class)) {
            new Safeguards(new Agents(Stream.of(agent), config), config, channels).warn();

            assertThat(log.lines)
                    .singleElement()
                    .asString()
                    .contains(agent.spec().name(), "HEALTHCHECKS_PING_URL", "DRYDOCK_ADMIN_TOKEN")
                    .doesNotContain("DRYDOCK_BUDGET_DAILY_USD", "ALERT_SLACK_WEBHOOK_URL");
        }
    }
}
