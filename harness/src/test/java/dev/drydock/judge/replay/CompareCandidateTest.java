package dev.drydock.judge.replay;

import static dev.drydock.model.ModelServer.completion;
import static dev.drydock.model.ModelServer.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.Servers;
import dev.drydock.TestSettings;
import dev.drydock.agent.Mode;
import dev.drydock.config.ShadowCandidate;
import dev.drydock.config.ShadowCandidate.PromptFile;
import dev.drydock.journal.CostFigures;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JudgedOutputs;
import dev.drydock.journal.Spend.CallSite;
import dev.drydock.journal.SpendLedger;
import dev.drydock.journal.SpendLedger.Limit;
import dev.drydock.judge.Judging;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another prompt that decides beside a live agent. */
@QuarkusTest
@WithTestResource(Servers.class)
class CompareCandidateTest extends ReplayFixture {

    @Inject
    CompareCandidate candidates;

    @Inject
    MeasureCandidate measure;

    @Inject
    JudgedOutputs judged;

    @Inject
    CostFigures costs;

    @Inject
    SpendLedger ledger;

    @Inject
    Judging people;

    @Inject
    MovableClock clock;

    @BeforeEach
    void name_a_candidate() {
        agent.candidate = candidate("1");
    }

    @Test
    void decides_the_same_entries_once_and_delivers_nothing() {
        var run = run(Mode.LIVE);
        server.forget();
        server.answerContent("OUTAGE");

        compare();
        compare();

        assertThat(server.requests()).isEqualTo(1);
        assertThat(server.lastRequest()).contains("Pull nothing.");
        assertThat(agent.delivered).hasSize(1);
        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.state()).isEqualTo(EntryState.DELIVERED);
            assertThat(entry.label()).isEqualTo("BUG");
        });
        assertThat(journal.callsOfRun(run, 10)).hasSize(1);
        assertThat(report().compared()).isEqualTo(1);
        assertThat(report().same()).isZero();
        assertThat(report().sentence())
                .isEqualTo("it gives 0.0 % (0.0-79.3) of 1 outputs the same label; nobody judged one of them");
    }

    @Test
    void is_compared_with_what_people_said() {
        agent.notes = List.of(new Note("a"), new Note("b"));
        run(Mode.SHADOW);
        server.answerContent("OUTAGE");
        compare();

        people.correct(entries().get(0), "OUTAGE");
        people.agree(entries().get(1));

        assertThat(report().people())
                .isEqualTo(new CandidateReport.People(2, 1, 1, 1, 1, "better on 1, worse on 1: no difference"));
    }

    @Test
    void has_its_calls_named_apart_in_the_cost_figures_and_in_no_replay() throws InterruptedException {
        var run = run(Mode.SHADOW);
        compare();

        assertThat(costs.spend(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                                .minusDays(1))
                        .sites())
                .filteredOn(site -> site.agent().equals(name()))
                .extracting(CallSite::candidate, CallSite::calls)
                .containsExactlyInAnyOrder(Assertions.tuple(false, 1L), Assertions.tuple(true, 1L));
        assertThat(replay(run).differs()).isFalse();
        assertThat(report().costUsd()).isNotNull();
        assertThat(report().liveUsd()).isNotNull();
    }

    @Test
    void records_tools_and_calls_none() {
        server.answerContent("idle");
        run(Mode.LIVE);
        server.answerInTurn(toolCall("light", "{\"room\":\"hall\"}"), completion("idle"));

        compare();

        assertThat(levers.pulled()).isEmpty();
        assertThat(sideEffects.of(entries().get(0).id())).isEmpty();
        assertThat(report().compared()).isEqualTo(1);
    }

    @Test
    void stops_alone_when_its_budget_is_spent() {
        agent.candidate = candidate("0.0000001");
        run(Mode.LIVE);
        server.forget();

        compare();

        assertThat(server.requests()).isZero();
        assertThat(report().compared() + report().failed()).isZero();
        agent.notes = List.of(new Note("b"));
        run(Mode.LIVE);
        assertThat(agent.delivered).hasSize(2);

        clock.advance(Duration.ofMinutes(11));
        agent.candidate = candidate("1");
        compare();
        assertThat(report().compared()).isEqualTo(2);
    }

    @Test
    void leaves_the_live_agent_what_it_spent_on_its_most_expensive_day() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        spend(name(), today.minusDays(2), "4");
        spend(SpendLedger.ofCandidate(name()), today.minusDays(2), "1");
        var live = agent.spending("3");
        runner.run(live);
        server.forget();

        candidates.run(live);

        assertThat(ledger.stillNeeded(name(), today)).isBetween(new BigDecimal("2.9"), new BigDecimal("3"));
        assertThat(server.requests()).isZero();
        candidates.run(agent.spending("9")); // pauses
        assertThat(server.requests()).isZero();
        clock.advance(Duration.ofMinutes(11));
        candidates.run(agent.spending("9"));
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void blames_no_entry_for_its_failures() {
        run(Mode.LIVE);
        agent.decide = note -> {
            throw new IllegalStateException("no");
        };

        compare();

        assertThat(report().failed()).isEqualTo(1);
        var entry = entries().get(0);
        assertThat(entry.state()).isEqualTo(EntryState.DELIVERED);
        assertThat(entry.fault()).isNull();
        assertThat(entry.attempts()).isZero();
    }

    @Test
    void goes_on_after_an_outage() {
        run(Mode.LIVE);
        server.fail(503);
        compare();
        assertThat(report().compared() + report().failed()).isZero();

        server.answerContent("BUG");
        circuits.resetAll();
        clock.advance(Duration.ofMinutes(11));
        compare();
        assertThat(report().same()).isEqualTo(1);
    }

    @Test
    void decides_nothing_that_a_rule_decided() {
        agent.rule = note -> Optional.of(new Verdict("RULED"));
        run(Mode.LIVE);
        server.forget();

        compare();

        assertThat(server.requests()).isZero();
    }

    @Test
    void is_read_from_a_file_that_must_exist(@TempDir Path folder) throws IOException {
        var prompt = Files.writeString(folder.resolve("new.txt"), "Pull nothing.\n");
        var settings = Objects.requireNonNull(
                TestSettings.of(Map.of("drydock.agents.notes.candidate.prompt", prompt.toString()))
                        .agents()
                        .get("notes"));
        assertThat(settings.candidate().prompt().orElseThrow().text()).isEqualTo("Pull nothing.");

        Assertions.assertThatThrownBy(
                        () -> TestSettings.of(Map.of("drydock.agents.notes.candidate.prompt", "missing.txt")))
                .hasStackTraceContaining("cannot read missing.txt as text");
    }

    private static ShadowCandidate candidate(String budgetUsd) {
        var prompt = new PromptFile(Path.of("new.txt"), "Pull nothing.");
        return new ShadowCandidate(Optional.of(prompt), Optional.empty(), new BigDecimal(budgetUsd));
    }

    private void compare() {
        candidates.run(agent.in(Mode.LIVE));
    }

    private CandidateReport report() {
        var since = clock.instant().minus(Duration.ofDays(1));
        return measure.report(name(), agent.candidate, since, judged.latest(name(), since, 100));
    }

    private void spend(String scope, LocalDate day, String usd) {
        ledger.open(scope, day, ZoneOffset.UTC);
        var amount = new BigDecimal(usd);
        ledger.settle(
                ledger.reserve(new Limit(scope, amount), day, amount, Duration.ofMinutes(1))
                        .orElseThrow(),
                amount);
    }

    private String name() {
        return agent.spec().name();
    }
}
