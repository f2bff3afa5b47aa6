package dev.drydock.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.connect.LogLines;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SafeguardsTest.Live.class)
class SafeguardsTest {

    public static final class Live implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("drydock.agents.triage.mode", "live", "drydock.budget.daily-usd", "1");
        }
    }

    @Inject
    Safeguards safeguards;

    /** A budget is set, and the tests have an alert channel of their own. */
    @Test
    void names_in_one_paragraph_what_a_live_agent_lacks() {
        try (var log = new LogLines()) {
            safeguards.warn();

            assertThat(log.lines)
                    .singleElement()
                    .asString()
                    .contains("triage", "HEALTHCHECKS_PING_URL", "DRYDOCK_ADMIN_TOKEN")
                    .doesNotContain("DRYDOCK_BUDGET_DAILY_USD", "ALERT_SLACK_WEBHOOK_URL");
        }
    }
}
