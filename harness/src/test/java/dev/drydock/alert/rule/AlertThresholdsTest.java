package dev.drydock.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.TestSettings;
import dev.drydock.config.AlertRuleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The alert rules for Prometheus have the thresholds that are the defaults of the rules in the code. */
class AlertThresholdsTest {

    private static final Path PROMETHEUS = Path.of("templates/monitoring/alerts.yml");
    private static final double PERCENT = 100;

    private final AlertRuleSettings defaults =
            TestSettings.of(Map.of()).alerts().rules();

    @Test
    void prometheus_and_the_code_agree() throws IOException {
        assertThat(rule("DrydockMostlySkipped")).contains("[6h])) >= " + defaults.skippedCycles() + "\n");
        assertThat(rule("DrydockOutboxStuck"))
                .contains("> " + defaults.outboxOld().toMinutes() + " * 60\n");
        assertThat(rule("DrydockEntriesHeld"))
                .contains("for: " + defaults.reviewOld().toDays() + "d\n");
        assertThat(rule("DrydockDecisionErrors"))
                .contains(") > " + DecisionErrors.MOST + "\n", "[1h])) >= " + DecisionErrors.MIN_SAMPLES + "\n");
        assertThat(rule("DrydockNeverFetched")).contains("for: " + NeverFetched.LONGEST.toDays() + "d\n");
        assertThat(rule("DrydockModelSlow"))
                .contains(
                        ") > " + defaults.modelLatency().toSeconds() + "\n", "[30m])) >= " + ModelLatency.MIN_SAMPLES);
        assertThat(rule("DrydockBudgetLow")).contains("< " + (100 - defaults.budgetNearlySpent()) / PERCENT + "\n");
        assertThat(rule("DrydockSpendDoubled"))
                .contains("> %.0f * sum".formatted(defaults.spendSpike()), "[7d] offset 1d");
        assertThat(rule("DrydockLabelDrift"))
                .contains(") > " + defaults.labelShift() / PERCENT + "\n", "[1d])) >= " + LabelShift.MIN_SAMPLES);
    }

    /** The text of one rule. */
    private static String rule(String name) throws IOException {
        var file = Files.readString(PROMETHEUS);
        var start = file.indexOf("- alert: " + name + "\n");
        assertThat(start).as(name).isPositive();
        var end = file.indexOf("- alert: ", start + 1);
        return end < 0 ? file.substring(start) : file.substring(start, end);
    }
}
