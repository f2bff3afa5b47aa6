package dev.drydock.console;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.alert.AlertRule.Finding;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The page for people. */
@QuarkusTest
class PageTest {

    private record Whim(String name, Severity severity) implements AlertRule {}

    @Inject
    AgentRunner runner;

    @Inject
    AlertLifecycle alerts;

    @Test
    void shows_the_mode_and_escapes_what_a_model_wrote() {
        var agent = new NoteAgent("<b>a</b>");
        agent.decide = note -> new NoteAgent.Verdict("<script>alert(1)</script>");
        runner.run(agent.in(Mode.SHADOW));

        var page = page();

        assertThat(page).contains("<strong>triage</strong> is in <strong>shadow</strong> mode");
        assertThat(page).contains("&lt;script&gt;", "&lt;b&gt;a&lt;/b&gt;").doesNotContain("<script>alert", "<b>a</b>");
    }

    @Test
    void sets_apart_what_waits_for_a_person() {
        var item = "waits-" + UUID.randomUUID();
        runner.run(new NoteAgent(item).in(Mode.REVIEW));

        assertThat(page())
                .containsSubsequence(
                        "Waiting for a person", item, "HELD", "fine", "Last entries", item, "HELD", "fine");
    }

    @Test
    void says_that_a_decision_claims_what_was_not_done() {
        var item = "claims-" + UUID.randomUUID();
        var agent = new NoteAgent(item);
        agent.effects = Map.of("fine", "refund");
        runner.run(agent.in(Mode.SHADOW));

        assertThat(page())
                .containsSubsequence("Waiting for a person", item, "HELD CLAIM", "the tool refund was not called");
    }

    @Test
    void says_how_to_return_what_was_set_aside() {
        var item = "set-aside-" + UUID.randomUUID();
        var agent = new NoteAgent(item);
        agent.deliver = note -> {
            throw new UndeliverableException("no such channel");
        };
        runner.run(agent.in(Mode.LIVE));

        assertThat(page()).containsSubsequence("Set aside", "./drydock retry AGENT", item, "UNDELIVERABLE");
    }

    @Test
    void shows_a_decision_of_any_shape() throws Exception {
        var decision = new ObjectMapper().readTree("{\"sum\": 1.50, \"lines\": [{\"text\": \"a\"}]}");

        assertThat(decision.properties())
                .extracting(field -> PageResource.Templates.inOneLine(field.getValue()))
                .containsExactly("1.5", "[{\"text\":\"a\"}]");
    }

    @Test
    void shows_an_alert_until_it_is_resolved_and_after() {
        var rule = new Whim("page-test", Severity.WARNING);
        alerts.raise(rule, "triage", new Finding("The <i>feed</i> is empty", "Nothing was done.", "look at it."));

        assertThat(row("page-test"))
                .contains(
                        "The &lt;i&gt;feed&lt;/i&gt; is empty", "Next: look at it.", "<strong>open</strong>, warning");
        alerts.clear(rule, "triage");
        assertThat(row("page-test")).contains("resolved 20").doesNotContain("open");
    }

    private static String page() {
        return get("/").then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
    }

    /** The rest of the row in which a cell has this text. */
    private static String row(String text) {
        var page = page();
        var begin = page.indexOf(text);
        assertThat(begin).as(page).isPositive();
        return page.substring(begin, page.indexOf("</tr>", begin));
    }
}
