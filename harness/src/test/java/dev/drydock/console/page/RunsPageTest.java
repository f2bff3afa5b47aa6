package dev.drydock.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** The list of runs, and one run with the reason of its end. */
@QuarkusTest
class RunsPageTest {

    private static final Logger LOG = Logger.getLogger(RunsPageTest.class);

    @Inject
    AgentRunner runner;

    private final NoteAgent agent = new NoteAgent("a", "b");
    private final String name = agent.spec().name();

    @Test
    void lists_runs_by_agent_outcome_and_day() {
        runner.run(agent.in(Mode.SHADOW));

        assertThat(Browser.page("/runs?agent=" + name).select("tbody tr").text())
                .contains(name, "COMPLETED");
        assertThat(Browser.page("/runs?outcome=failed&agent=" + name)
                        .select("tbody tr")
                        .text())
                .isEqualTo("No run matches.");
        assertThat(Browser.page("/runs?day=2001-01-01&agent=" + name)
                        .select("tbody tr")
                        .text())
                .isEqualTo("No run matches.");
    }

    @Test
    void goes_on_with_older_runs() {
        for (int run = 0; run < 51; run++) {
            runner.run(agent.in(Mode.SHADOW));
        }

        var first = Browser.page("/runs?agent=" + name);
        assertThat(first.select("tbody tr")).hasSize(50);
        var second = Browser.page(first.select("a:contains(Older runs)").attr("href"));
        assertThat(second.select("tbody tr")).hasSize(1);
        assertThat(second.select("a:contains(Older runs)")).isEmpty();
    }

    @Test
    void says_what_an_unknown_filter_may_be() {
        assertThat(fault("/runs?outcome=lost", 400)).contains("\"lost\" is not one of", "COMPLETED");
        assertThat(fault("/runs?day=today", 400)).contains("\"today\" is no day. Write it as 2026-11-27.");
        assertThat(fault("/runs?agent=nobody", 404)).contains("There is no agent \"nobody\"", "triage");
        assertThat(fault("/runs?before=x", 404)).contains("ids are UUIDs");
        assertThat(fault("/runs/" + UUID.randomUUID(), 404)).contains("There is no run");
        assertThat(fault("/nowhere", 404)).isNotBlank();
    }

    @Test
    void says_in_words_why_a_run_failed() {
        agent.fetch = window -> {
            LOG.warn("reads the calendar");
            throw new IllegalStateException("no calendar");
        };
        var run = runner.run(agent.in(Mode.SHADOW));

        var page = Browser.page("/runs/" + run.runId());
        assertThat(page.select("h1").text()).contains(name, "SKIPPED SOURCE_DOWN");
        assertThat(page.select(".verdict").text()).contains("the source was unavailable", "no calendar");
        assertThat(page.select("table.log").text()).contains("reads the calendar");
    }

    @Test
    void shows_the_entries_and_what_a_model_wrote_as_text() {
        var odd = new NoteAgent("<b>a</b>");
        odd.decide = note -> new NoteAgent.Verdict("<script>alert(1)</script>");
        var run = runner.run(odd.in(Mode.SHADOW));

        var page = Browser.page("/runs/" + run.runId());
        assertThat(page.select("#entries + .table").text())
                .contains("<b>a</b>", "<script>alert(1)</script>", "SHADOWED");
        assertThat(page.select("main script, main b")).isEmpty();
    }

    @Test
    void draws_what_happened_when() {
        agent.deliver = note -> {
            throw new UndeliverableException("no such channel");
        };
        var run = runner.run(agent.in(Mode.LIVE));

        var picture = Browser.page("/runs/" + run.runId()).select("figure svg");
        assertThat(picture.select("text").eachText()).contains("fetch", "decided", "calls", "delivered");
        assertThat(picture.select("rect.fill-bad title").text()).contains("failed");
        assertThat(picture.html()).doesNotContain("style=");
    }

    private static String fault(String path, int status) {
        var answer = Browser.load(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        return Jsoup.parse(answer.asString()).select("main").text();
    }
}
