package dev.drydock.judge.eval;

import static dev.drydock.journal.Notification.Type.OPENED;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.alert.SentAlerts;
import dev.drydock.concurrent.Shutdowns;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.Schedule;
import dev.drydock.journal.EvalJournal;
import dev.drydock.journal.EvalRun;
import dev.drydock.journal.Json;
import dev.drydock.judge.eval.EvalReport.Verdict;
import dev.drydock.judge.eval.RunEval.Folders;
import dev.drydock.judge.replay.ReplayFixture.RuledAgent;
import dev.drydock.model.ModelServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evals that are due on Mondays at five, with a moved clock. */
@QuarkusTest
@WithTestResource(Servers.class)
class LiveEvalTest {

    private static final Schedule MONDAYS = Schedule.parse("0 5 * * 1");
    private static final int CASES = 12;

    @Inject
    RunLiveEvals live;

    @Inject
    RunEval evals;

    @Inject
    StoreEval store;

    @Inject
    EvalJournal journal;

    @Inject
    Json json;

    @Inject
    Agents agents;

    @Inject
    SentAlerts sent;

    @Inject
    CircuitBreakerMaintenance circuits;

    @Inject
    MovableClock clock;

    @ModelServer.Inject
    ModelServer server;

    @TempDir
    Path folder;

    private final RuledAgent agent = new RuledAgent();

    @BeforeEach
    void writeCasesOnMonday() throws IOException {
        circuits.resetAll();
        agent.decide = note -> new NoteAgent.Verdict("URGENT");
        write(name(), """
                {"id":"c%d","set":"dev","label":"URGENT","item":{"id":"%1$d","version":"1","text":"t"},\
                "expected":{"label":"URGENT"}}""");
        write("triage", """
                {"id":"c%d","set":"dev","label":"OUTAGE","item":{"id":"%1$d.txt","version":"1","from":"","subject":"s",\
                "body":"message %1$d","headers":{},"notes":[],"unreadable":null,"attachments":[]},"expected":{}}""");
        moveToMondayAtSix();
    }

    @Test
    void run_once_a_week_over_all_processes() throws IOException {
        runDue();
        runDue(); // as another process does a minute later

        assertThat(journal.recent(name(), 10)).singleElement().satisfies(run -> {
            assertThat(run.dueAt()).isEqualTo(mondayAt(5));
            assertThat(run.outcome()).isEqualTo("PASSES");
            assertThat(run.figures())
                    .extracting(EvalRun.Figures::cases, EvalRun.Figures::correct, EvalRun.Figures::dangerous)
                    .containsExactly(CASES, CASES, 0);
        });
        assertThat(agent.decided).hasSize(CASES);

        clock.advance(Duration.ofDays(7));
        runDue();
        assertThat(journal.recent(name(), 10)).hasSize(2);
        assertThat(sent.types("accuracy-declined", name())).isEmpty();
    }

    @Test
    void go_to_one_of_many_processes_that_come_at_once() throws Exception {
        var processes = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> claim =
                    () -> store.claim(name(), mondayAt(5), true).isPresent();
            var claims = new ArrayList<Boolean>();
            for (var claimed : processes.invokeAll(Collections.nCopies(8, claim))) {
                claims.add(claimed.get());
            }

            assertThat(claims).containsOnlyOnce(true);
        } finally {
            processes.shutdownNow();
        }
    }

    @Test
    void are_made_up_for_within_a_day_only() {
        clock.advance(Duration.ofHours(22));
        runDue();
        clock.advance(Duration.ofDays(8));
        runDue();

        assertThat(journal.recent(name(), 10)).hasSize(1);
    }

    @Test
    void go_to_another_process_when_the_first_one_died() {
        assertThat(store.claim(name(), mondayAt(5), true)).isPresent();
        runDue();
        assertThat(journal.recent(name(), 10)).isEmpty();

        clock.advance(Duration.ofHours(3));
        runDue();
        assertThat(journal.recent(name(), 10)).hasSize(1);
    }

    @Test
    void go_to_another_process_when_the_first_one_is_stopped() throws InterruptedException {
        var stopped = new StoreEval(journal, json, Shutdowns.ended(), clock);
        var claim = stopped.claim(name(), mondayAt(5), true).orElseThrow();
        stopped.end(claim, EvalReport.notMeasured(name(), Verdict.MODEL_FAILED, "interrupted"));

        runDue();
        assertThat(journal.recent(name(), 10)).extracting(EvalRun::outcome).containsExactly("PASSES");
    }

    @Test
    void raise_an_alert_when_the_agent_got_worse() {
        runDue();
        clock.advance(Duration.ofDays(7));
        agent.decide = note -> new NoteAgent.Verdict(List.of("1", "2").contains(note.id()) ? "NEVER" : "LATER");
        runDue();

        assertThat(journal.recent(name(), 1)).extracting(EvalRun::outcome).containsExactly("REGRESSED");
        assertThat(sent.types("accuracy-declined", name())).containsExactly(OPENED);
        assertThat(sent.alerts("accuracy-declined", name()).get(0).summary())
                .isEqualTo(name() + ": accuracy fell to 0 % of the eval's cases from 100 %");
        assertThat(sent.alerts("dangerous-failure", name()).get(0).summary())
                .isEqualTo(name() + ": 2 dangerous failures in an eval with the live model, after 0; new: c1, c2");
    }

    @Test
    void take_an_outage_for_no_decline() {
        server.answerContent("{\"category\":\"OUTAGE\",\"urgency\":\"NOW\",\"summary\":\"s\",\"reason\":\"r\"}");
        var triage = agents.named("triage").orElseThrow();
        live.runDue(triage, MONDAYS, folders());
        assertThat(journal.recent("triage", 1)).extracting(EvalRun::outcome).containsExactly("PASSES");
        var alerts = sent.alerts("accuracy-declined", "triage").size();

        clock.advance(Duration.ofDays(7));
        server.fail(500);
        live.runDue(triage, MONDAYS, folders());

        assertThat(journal.recent("triage", 1)).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo("MODEL_FAILED");
            assertThat(run.figures()).isNull();
        });
        assertThat(sent.alerts("accuracy-declined", "triage")).hasSize(alerts);
    }

    @Test
    void are_tried_again_after_an_outage_until_they_are_measured() {
        var triage = agents.named("triage").orElseThrow();
        server.fail(500);
        live.runDue(triage, MONDAYS, folders());
        server.answerContent("{\"category\":\"OUTAGE\",\"urgency\":\"NOW\",\"summary\":\"s\",\"reason\":\"r\"}");
        circuits.resetAll();
        live.runDue(triage, MONDAYS, folders());
        assertThat(outcome("triage")).as("too early").isEqualTo("MODEL_FAILED");

        clock.advance(Duration.ofDays(2)); // an outage may be long
        live.runDue(triage, MONDAYS, folders());
        assertThat(outcome("triage")).isNotEqualTo("MODEL_FAILED");
        server.forget();
        clock.advance(Duration.ofHours(1));
        live.runDue(triage, MONDAYS, folders());
        assertThat(server.requests()).as("once measured").isZero();
        assertThat(journal.recent("triage", 10))
                .filteredOn(run -> mondayAt(5).equals(run.dueAt()))
                .hasSize(1);
    }

    private String outcome(String agent) {
        return journal.recent(agent, 1).get(0).outcome();
    }

    @Test
    void stop_at_their_own_budget() throws InterruptedException {
        server.forget();

        var report = evals.run(
                agents.named("triage").orElseThrow(),
                EvalOptions.live(new BigDecimal("0.000001")),
                folders(),
                (decided, of) -> {});

        assertThat(report.verdict()).isEqualTo(Verdict.BUDGET_SPENT);
        assertThat(report.sentence()).contains("0.000001 for trials of triage");
    }

    private void runDue() {
        live.runDue(inShadow(), MONDAYS, folders());
    }

    private RegisteredAgent<?, ?> inShadow() {
        return agent.in(Mode.SHADOW);
    }

    private String name() {
        return agent.spec().name();
    }

    private Folders folders() {
        return new Folders(folder, folder.resolve("docs"));
    }

    private void write(String agent, String line) throws IOException {
        Files.createDirectories(folder.resolve(agent));
        Files.writeString(
                folder.resolve(agent).resolve("cases.jsonl"),
                IntStream.range(0, CASES).mapToObj(line::formatted).collect(joining("\n")));
    }

    private void moveToMondayAtSix() {
        var now = clock.instant().atZone(ZoneOffset.UTC);
        var monday = now.with(TemporalAdjusters.next(DayOfWeek.MONDAY)).toLocalDate();
        clock.advance(Duration.between(now, monday.atTime(6, 0).atZone(ZoneOffset.UTC)));
    }

    /** Of this week. */
    private Instant mondayAt(int hour) {
        return clock.instant()
                .atZone(ZoneOffset.UTC)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .toLocalDate()
                .atTime(hour, 0)
                .toInstant(ZoneOffset.UTC);
    }
}
