package dev.drydock.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.alert.AlertRule.Finding;
import dev.drydock.config.AlertSettings.Severity;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Pages that only show: alerts, checklist, cost, scorecard, settings. */
@QuarkusTest
class FiguresPageTest {

    private record Whim(String name, Severity severity) implements AlertRule {}

    @Inject
    AlertLifecycle alerts;

    @Test
    void show_an_alert_with_its_runbook_until_it_is_resolved_and_after() {
        var rule = new Whim("figures-page-test", Severity.WARNING);
        alerts.raise(rule, "triage", new Finding("The <i>feed</i> is empty", "Nothing was done.", "look at it."));

        var open = html("/alerts");
        assertThat(open.substring(0, open.indexOf("Resolved")))
                .containsSubsequence("The &lt;i&gt;feed&lt;/i&gt; is empty", "look at it.", "#figures-page-test");

        alerts.clear(rule, "triage");
        var resolved = html("/alerts");
        assertThat(resolved.substring(0, resolved.indexOf("Resolved"))).doesNotContain("figures-page-test");
        assertThat(resolved).contains("figures-page-test");
    }

    @Test
    void show_the_checklist_with_evidence_and_what_to_do() {
        assertThat(html("/check"))
                .containsSubsequence("Day 1", "Five or more days in shadow mode", "Next:", "Day 30", "Day 90");
    }

    @Test
    void show_what_a_day_costs_and_the_weeks_of_each_agent() {
        assertThat(html("/cost")).contains("A day costs", "What would save most");
        assertThat(html("/scorecard")).contains("triage", "Agreement");
    }

    @Test
    void show_the_baseline_while_no_eval_is_stored_and_how_often_people_agree() {
        assertThat(html("/evals")).containsSubsequence("triage", "The baseline:", "accuracy", "Confusion matrix");
        assertThat(html("/shadow/triage"))
                .containsSubsequence("Whether its outputs can go out by themselves", "In the last 30 days", "Needed:");
    }

    @Test
    void say_where_a_setting_comes_from() {
        assertThat(html("/settings"))
                .containsSubsequence(
                        "drydock.mode", "shadow", "application.properties", "Defaults", "drydock.poison-after");
    }

    private static String html(String path) {
        return Browser.load(path).then().statusCode(200).extract().asString();
    }
}
