package dev.drydock.console.page;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.drydock.MovableClock;
import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.alert.AlertRule.Finding;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.journal.EvalJournal;
import dev.drydock.journal.EvalRun;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** The answer at seven in the morning. */
@QuarkusTest
class HomePageTest {

    private static final int MOST_BYTES = 100_000;

    private record Whim(String name, Severity severity) implements AlertRule {}

    @Inject
    AlertLifecycle alerts;

    @Inject
    EvalJournal evals;

    @Inject
    Jdbi jdbi;

    @Inject
    MovableClock clock;

    @ConfigProperty(name = "quarkus.application.name")
    String project = "";

    @Test
    void names_the_project_and_the_mode_of_each_agent() {
        var home = Browser.page("/");

        assertThat(home.select("a.project").text()).isEqualTo(project);
        assertThat(home.select("header .modes li").text()).contains("triage SHADOW");
        assertThat(home.select("nav a[aria-current=page]").text()).isEqualTo("Home");
    }

    @Test
    void answers_the_four_questions_with_a_colour_and_a_word() {
        var home = Browser.page("/");

        assertThat(home.select(".verdict").text()).contains("triage ran ", "delivers nothing");
        for (var question : new String[] {"Running", "Working", "Costing", "Improving"}) {
            var badge = home.select("[role=group][aria-label=" + question + "] h3 .badge");
            assertThat(badge.text()).as(question).isNotBlank();
            assertThat(badge.attr("class")).as(question).containsPattern("good|warn|bad|busy|neutral");
        }
    }

    @Test
    void gives_the_same_answers_by_the_api() {
        get("/api/status")
                .then()
                .statusCode(200)
                .body("verdicts[0]", containsString("triage ran "))
                .body("running.ok", notNullValue())
                .body("running.summary", containsString("triage: "))
                .body("working.agents.triage.held", notNullValue())
                .body("costing.agents.triage", hasKey("budgetUsd"))
                .body("improving.agents.triage.word", notNullValue());
    }

    @Test
    void shows_an_alert_while_it_is_open() {
        var rule = new Whim("page-test", Severity.WARNING);
        alerts.raise(rule, "triage", new Finding("The <i>feed</i> is empty", "Nothing was done.", "look at it."));

        var shown = Browser.page("/").select(".alert:contains(feed)");
        assertThat(shown.text()).contains("The <i>feed</i> is empty", "WARNING", "Next: look at it.");
        assertThat(shown.select("i")).isEmpty();

        alerts.clear(rule, "triage");
        assertThat(Browser.page("/").select(".alert:contains(feed)")).isEmpty();
    }

    @Test
    void says_what_each_model_cost_in_thirty_days() {
        try {
            paid("large-model", "0.30", clock.instant());
            paid("large-model", "0.20", clock.instant().minus(Duration.ofDays(29)));
            paid("small-model", "0.10", clock.instant());
            paid("old-model", "9.00", clock.instant().minus(Duration.ofDays(31)));

            var costing =
                    Browser.page("/").select("[role=group][aria-label=Costing]").text();
            assertThat(costing)
                    .contains("30 days by model Cost Calls large-model $0.50 2 small-model $0.10 1")
                    .doesNotContain("old-model");
            get("/api/status")
                    .then()
                    .body("costing.agents.triage.byModel[0].model", is("large-model"))
                    .body("costing.agents.triage.byModel[0].calls", is(2))
                    .body("costing.agents.triage.byModel[0].usd", startsWith("0.5"));
        } finally {
            jdbi.useHandle(handle -> handle.execute("delete from model_call where model_asked like '%-model'"));
        }
    }

    private void paid(String model, String usd, Instant at) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into model_call (id, agent, model_asked, request, cost_usd, called_at, latency_ms)
                values (gen_random_uuid(), 'triage', ?, '{}', ?, ?, 1)""", model, new BigDecimal(usd), at));
    }

    @Test
    void compares_an_eval_with_the_one_before() {
        var now = Instant.now();
        try {
            measured(180, now.minusSeconds(100));
            measured(190, now.minusSeconds(50));

            var improving = Browser.page("/")
                    .select("[role=group][aria-label=Improving]")
                    .text();
            assertThat(improving).contains("Eval cases right 95 % of 200");
            get("/api/status")
                    .then()
                    .body("improving.agents.triage.eval.accuracy", is(0.95f))
                    .body("improving.agents.triage.eval.accuracyBefore", is(0.9f));
        } finally {
            jdbi.useHandle(handle -> handle.execute("delete from eval_run where sentence = 'for a test'"));
        }
    }

    private void measured(int correct, Instant at) {
        evals.end(new EvalRun(
                UUID.randomUUID(),
                "triage",
                at,
                null,
                at,
                at,
                "PASSES",
                "for a test",
                new EvalRun.Figures(200, correct, 0, null, "{}")));
    }

    @Test
    void starts_a_run_and_shows_it() {
        var answer = Browser.post("/agents/triage/runs", Map.of());

        assertThat(answer.statusCode()).isIn(303, 409);
        if (answer.statusCode() == 303) {
            assertThat(Browser.page(answer.header("Location")).select("h1").text())
                    .contains("Run of triage");
        }
    }

    @Test
    void weighs_little_with_all_that_it_loads() {
        var home = Browser.load("/");
        var size = home.asByteArray().length;
        var links = Jsoup.parse(home.asString(), "/").select("script[src], link[href]");
        for (var link : links) {
            var loaded = get(link.hasAttr("src") ? link.attr("src") : link.attr("href"));
            loaded.then().statusCode(is(200));
            size += loaded.asByteArray().length;
        }

        assertThat(links).hasSizeGreaterThan(4);
        assertThat(size).isLessThan(MOST_BYTES);
    }
}
