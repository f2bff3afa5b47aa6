package dev.drydock.judge;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.hasItem;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.config.Schedule;
import dev.drydock.journal.CallRecords;
import dev.drydock.journal.CostFigures;
import dev.drydock.journal.JournalQueries;
import dev.drydock.judge.CostReport.Lever;
import dev.drydock.judge.CostReport.Row;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The figures of {@code cost}, against figures computed by hand from the price of gpt-4.1: 2.00 in, 8.00 out. */
@QuarkusTest
class CostTest {

    @Inject
    ReportCost cost;

    @Inject
    FindSavings savings;

    @Inject
    CostFigures figures;

    @Inject
    CallRecords calls;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    MovableClock clock;

    /** 40 calls of 1,000 and 100 tokens cost 0.0028 each. */
    @Test
    void measures_a_call_site_over_the_days_since_the_first_run() {
        var agent = agentSince(Duration.ofDays(10));
        for (int call = 0; call < 40; call++) {
            calls.answered(
                    agent, null, clock.instant().minus(Duration.ofHours(call)), "q" + call, 1_000, 100, "0.0028");
        }

        var report = cost.report(clock);
        var row = row(report, agent);

        assertThat(row.callSite()).isEqualTo("Judge.judge");
        assertThat(row.callsPerDay()).isEqualTo(4.0);
        assertThat(row.tokensIn()).isEqualTo(1_000);
        assertThat(row.tokensOut()).isEqualTo(100);
        assertThat(row.price()).isEqualTo("2.00 / 8.00");
        assertThat(row.usdPerDay()).isCloseTo(new BigDecimal("0.0112"), within(new BigDecimal("0.0001")));
        assertThat(row.basis()).isEqualTo("measured, 10 days");
        assertThat(row.measured()).isTrue();
        assertThat(report.byAgent())
                .filteredOn(share -> share.agent().equals(agent))
                .extracting(share -> share.usd().toPlainString())
                .containsExactly("0.112000");
        assertThat(report.monthUsd()).isEqualByComparingTo(report.dayUsd().multiply(BigDecimal.valueOf(30)));
    }

    @Test
    void computes_what_a_cheaper_model_and_the_batch_price_would_have_cost() {
        var agent = agentSince(Duration.ofDays(2));
        for (int call = 0; call < 10; call++) {
            calls.answered(agent, null, clock.instant().minusSeconds(call), "q" + call, 1_000, 100, "0.0028");
        }

        // gpt-4.1-mini takes 0.40 and 1.60: 10,000 tokens in and 1,000 out cost 0.0056
        assertThat(lever(agent, "cheaper model").savesUsd()).isEqualByComparingTo("0.0224");
        assertThat(lever(agent, "cheaper model").how()).contains("./drydock eval " + agent + " --model gpt-4.1-mini");
        assertThat(lever(agent, "batch price").savesUsd()).isEqualByComparingTo("0.014");
    }

    @Test
    void counts_what_was_asked_again_on_the_same_day() {
        var agent = new NoteAgent("a", "b", "c", "d");
        runner.run(agent.in(Mode.SHADOW));
        clock.advance(Duration.ofDays(3));
        var name = agent.spec().name();
        var noon = clock.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12));
        var entries = journal.entries(name, null, 10);
        for (int entry = 0; entry < 4; entry++) {
            var question = entry == 3 ? "another" : "the same";
            calls.answered(name, entries.get(entry).id(), noon.plusSeconds(entry), question, 1_000, 100, "0.0028");
        }
        calls.answered(name, entries.get(0).id(), noon.minus(Duration.ofDays(1)), "the same", 1_000, 100, "0.0028");

        assertThat(lever(name, "cache").savesUsd()).isEqualByComparingTo("0.0056");
        assertThat(lever(name, "cache").arithmetic()).startsWith("2 calls");
    }

    /** 20 inputs of 100 tokens and 5 of 1,000: 4,000 tokens are beyond twice the median. */
    @Test
    void prices_what_inputs_have_beyond_twice_the_median() {
        var agent = agentSince(Duration.ofDays(1));
        for (int call = 0; call < 25; call++) {
            calls.answered(
                    agent, null, clock.instant().minusSeconds(call), "q" + call, call < 20 ? 100 : 1_000, 10, "0.001");
        }

        assertThat(lever(agent, "shorter inputs").savesUsd()).isEqualByComparingTo("0.008");
        assertThat(lever(agent, "shorter inputs").arithmetic()).contains("5 inputs", "4,000 tokens");
    }

    /** "unsubscribe" stands in all of 15 newsletters and nowhere else; "hello" stands in everything. */
    @Test
    void finds_the_word_that_settles_a_label_and_shows_the_rule() {
        var agent = new NoteAgent();
        var notes = new ArrayList<Note>();
        for (int note = 0; note < 45; note++) {
            notes.add(new Note(
                    "n" + note,
                    "1",
                    note % 3 == 0 ? "Hello, unsubscribe below, number " + note : "Hello, my topic " + note));
        }
        agent.notes = List.copyOf(notes);
        agent.decide = note -> new Verdict(
                note.text().contains("unsubscribe")
                        ? "NEWS"
                        : Integer.parseInt(note.id().substring(1)) % 3 == 1 ? "BILLING" : "OTHER");
        runner.run(agent.in(Mode.SHADOW));
        var name = agent.spec().name();
        for (var entry : journal.entries(name, null, 100)) {
            calls.answered(name, entry.id(), clock.instant(), entry.itemId(), 1_000, 100, "0.0028");
        }

        var rule = lever(name, "rule");

        assertThat(rule.arithmetic()).isEqualTo("text contains \"below\": NEWS, in all of 15 entries");
        assertThat(rule.savesUsd()).isEqualByComparingTo("0.042");
        assertThat(levers(name))
                .filteredOn(lever -> lever.name().equals("rule"))
                .hasSize(1);
        assertThat(cost.report(clock).byLabel())
                .filteredOn(share -> share.agent().equals(name))
                .extracting(share -> share.label() + " " + share.entries() + " "
                        + share.usd().toPlainString())
                .containsExactlyInAnyOrder("NEWS 15 0.042000", "BILLING 15 0.042000", "OTHER 15 0.042000");
    }

    @Test
    void counts_the_cycles_of_a_day_by_the_schedule() {
        assertThat(DueTimes.perDay(Schedule.parse("every 5m"), ZoneOffset.UTC, Instant.EPOCH))
                .isEqualTo(288);
        assertThat(DueTimes.perDay(Schedule.parse("0 6 * * 1-5"), ZoneOffset.UTC, Instant.EPOCH))
                .isEqualTo(5 / 7.0);
    }

    @Test
    void answers_the_api_as_the_command() {
        get("/api/cost")
                .then()
                .statusCode(200)
                .body("rows.what", hasItem("database"))
                .body("rows.basis", hasItem("not known: set DRYDOCK_COST_HOSTING_MONTHLY_USD"));
    }

    private String agentSince(Duration ago) {
        var agent = new NoteAgent("a");
        runner.run(agent.in(Mode.SHADOW));
        clock.advance(ago);
        return agent.spec().name();
    }

    private static Row row(CostReport report, String agent) {
        return report.rows().stream()
                .filter(row -> row.what().equals(agent))
                .findFirst()
                .orElseThrow();
    }

    private List<Lever> levers(String agent) {
        var since = clock.instant().minus(Duration.ofDays(30));
        return savings
                .of(figures.spend(LocalDate.ofInstant(since, ZoneOffset.UTC)), since, Optional.of("gpt-4.1-mini"))
                .stream()
                .filter(lever -> lever.agent().equals(agent))
                .toList();
    }

    private Lever lever(String agent, String name) {
        return levers(agent).stream()
                .filter(lever -> lever.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
