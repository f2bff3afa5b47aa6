package dev.drydock.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.alert.AlertRule.Finding;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.judge.AgreementReport;
import dev.drydock.judge.AgreementReport.Agreement;
import dev.drydock.judge.AgreementReport.Verdict;
import dev.drydock.judge.eval.Proportion;
import dev.drydock.judge.replay.CandidateReport;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
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

    /** A screen reader lists landmarks by their names. https://dequeuniversity.com/rules/axe/4.11/landmark-unique */
    @Test
    void name_no_two_landmarks_alike_when_an_alert_is_open_for_two_agents() {
        var rule = new Whim("two-agents", Severity.WARNING);
        var agents = List.of("triage", "another");
        agents.forEach(agent ->
                alerts.raise(rule, agent, new Finding("The feed is empty", "Nothing was done.", "look at it.")));

        for (var path : List.of("/", "/alerts", "/review", "/shadow/triage", "/cases/triage")) {
            var page = Browser.page(path);
            assertThat(page.select("section[aria-label]").eachAttr("aria-label"))
                    .as(path)
                    .doesNotHaveDuplicates();
        }
        assertThat(Browser.page("/alerts").select("[aria-label=two-agents]")).hasSize(2);

        agents.forEach(agent -> alerts.clear(rule, agent));
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
    void show_what_a_candidate_decided_beside_the_agent() {
        var same = new Proportion(38, 40);
        var candidate = new CandidateReport(
                "new.txt",
                null,
                40,
                2,
                38,
                same.rate(),
                same.interval(),
                0,
                null,
                null,
                "0.01",
                "1",
                "it agrees <mostly>");
        var nobody =
                new Agreement("", 0, 0, 0, null, same.interval(), Verdict.OPEN, 50, null, "nobody judged an output");
        var report = new AgreementReport(
                "triage", Instant.EPOCH, 0.9, 50, nobody, List.of(), List.of(), List.of(), candidate);
        var clock = new Page.Clock(Instant.EPOCH, Map.of(), ZoneOffset.UTC);
        var page = new Page("drydock", "1", "Shadow", Section.SHADOW, List.of(), null, "", null, clock);

        assertThat(ShadowPage.Templates.shadow(page, report, List.of(), null).render())
                .containsSubsequence(
                        "The candidate beside it",
                        "Prompt <code>new.txt</code>",
                        "it agrees &lt;mostly&gt;",
                        "cost an unknown amount of USD, those that count 0.01 USD; it may spend 1 USD a day.",
                        "It failed to decide 2.");
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
