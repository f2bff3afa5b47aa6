package dev.drydock.run;

import static dev.drydock.journal.Notification.Type.OPENED;
import static dev.drydock.journal.Notification.Type.RESOLVED;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.agent.Mode;
import dev.drydock.agent.Receipt;
import dev.drydock.alert.SentAlerts;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RunSize;
import dev.drydock.config.RunSize.DeliverPerRun;
import dev.drydock.config.RunSize.FirstRun;
import dev.drydock.connect.LogLines;
import dev.drydock.console.page.Browser;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.RunResult;
import dev.drydock.journal.SkipReason;
import dev.drydock.outbox.Outbox;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One's own limits: the first night, the size of a run, and a flood. */
@QuarkusTest
class RunSizeTest {

    private static final RunRequest ALL = new RunRequest(Optional.empty(), true);

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    Outbox outbox;

    @Inject
    SentAlerts sent;

    private final NoteAgent agent = new NoteAgent();
    private int notes;

    @Test
    void a_first_run_decides_the_newest_and_leaves_the_others_to_their_owner() {
        agent.runSize = new RunSize(new FirstRun(Optional.of(10)), Optional.empty(), DeliverPerRun.UNLIMITED);
        arrive(50);

        try (var log = new LogLines()) {
            var first = run(Mode.SHADOW);

            assertThat(first.summary()).isEqualTo("COMPLETED(FIRST_RUN)");
            assertThat(first.counts().admitted()).isEqualTo(50);
            assertThat(first.counts().waiting()).isEqualTo(40);
            assertThat(agent.decided).containsExactlyInAnyOrderElementsOf(ids(40, 50));
            assertThat(log.lines)
                    .anyMatch(line -> line.matches(
                            ".*first run: 10 of 50 decided, 40 older entries wait\\. They would take (about )?\\d+ s( to \\d+ s)? and"
                                    + " cost about 0 USD\\. To decide them: ./drydock run %s --all, or DRYDOCK_FIRST_RUN=all.*"
                                            .formatted(name())));
        }
        assertThat(sent.of("first-run", agent.in(Mode.SHADOW))).containsExactly(OPENED);
        assertThat(sent.alerts("first-run", name()).get(0).severity()).isEqualTo(Severity.INFO);

        arrive(2);
        var second = run(Mode.SHADOW);

        assertThat(second.summary()).isEqualTo("COMPLETED");
        assertThat(second.counts().decided()).isEqualTo(2);
        assertThat(in(EntryState.ADMITTED)).hasSize(40);

        assertThat(runner.run(agent.in(Mode.SHADOW), ALL).counts().decided()).isEqualTo(40);
        assertThat(agent.decided).containsExactlyInAnyOrderElementsOf(ids(0, 52));
        assertThat(sent.of("first-run", agent.in(Mode.SHADOW))).containsExactly(OPENED);
    }

    @Test
    void what_the_first_run_left_is_decided_once_the_setting_says_all() {
        agent.runSize = new RunSize(new FirstRun(Optional.of(1)), Optional.empty(), DeliverPerRun.UNLIMITED);
        arrive(3);
        run(Mode.SHADOW);
        agent.runSize = new RunSize(FirstRun.ALL, Optional.empty(), DeliverPerRun.UNLIMITED);

        assertThat(run(Mode.SHADOW).counts().decided()).isEqualTo(2);
    }

    @Test
    void a_first_run_that_the_model_cuts_short_takes_no_others_the_next_time() {
        agent.runSize = new RunSize(new FirstRun(Optional.of(3)), Optional.empty(), DeliverPerRun.UNLIMITED);
        arrive(9);
        agent.fetch = window -> {
            throw new IllegalStateException("the source is unavailable");
        };
        run(Mode.SHADOW);
        agent.fetch = window -> agent.notes;

        run(Mode.SHADOW);
        run(Mode.SHADOW);

        assertThat(agent.decided).containsExactlyInAnyOrderElementsOf(ids(6, 9));
    }

    @Test
    void a_run_decides_no_more_than_its_size_and_the_oldest_first() {
        agent.runSize = new RunSize(FirstRun.ALL, Optional.of(4), DeliverPerRun.UNLIMITED);
        arrive(10);

        var first = run(Mode.SHADOW);

        assertThat(first.fault()).isEqualTo("6 wait for the next run (DRYDOCK_ITEMS_PER_RUN)");
        assertThat(agent.decided).containsExactlyInAnyOrderElementsOf(ids(0, 4));
        assertThat(run(Mode.SHADOW).counts().waiting()).isEqualTo(2);
        assertThat(runner.run(agent.in(Mode.SHADOW), ALL).counts().decided()).isEqualTo(2);
    }

    @Test
    void a_flood_is_held_and_approved_in_one_step() throws InterruptedException {
        live();
        usually(20);
        arrive(400);

        var flood = run(Mode.LIVE);

        assertThat(flood.skipReason()).isEqualTo(SkipReason.FLOOD);
        assertThat(flood.fault())
                .isEqualTo(
                        "400 outputs are held as a flood: no run of the last 30 days decided more than 20 (DRYDOCK_DELIVER_PER_RUN)");
        assertThat(in(EntryState.HELD))
                .hasSize(400)
                .allSatisfy(entry -> assertThat(entry.fault()).startsWith("FLOOD: "));
        assertThat(agent.delivered).hasSize(40);
        assertThat(sent.of("flood", agent.in(Mode.LIVE))).containsExactly(OPENED);
        var alert = sent.alerts("flood", name()).get(0);
        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.summary()).isEqualTo(name() + ": 400 outputs of one run are held, far more than usual");
        assertThat(alert.details()).contains("Labels: fine 400", "/api/entries/", "./drydock approve " + flood.runId());

        given().post("/api/runs/" + flood.runId() + "/approve")
                .then()
                .statusCode(200)
                .body("entries", is(400));
        given().post("/api/runs/" + flood.runId() + "/approve").then().statusCode(409);

        assertThat(outbox.deliver(agent.in(Mode.LIVE), Optional.empty()).delivered())
                .isEqualTo(400);
        assertThat(agent.delivered).hasSize(440).doesNotHaveDuplicates();
        assertThat(sent.of("flood", agent.in(Mode.LIVE))).containsExactly(OPENED, RESOLVED);
        arrive(400);
        assertThat(run(Mode.LIVE).summary()).isEqualTo("COMPLETED"); // so many are usual now
    }

    @Test
    void a_flood_that_is_rejected_makes_no_next_one_usual() {
        live();
        usually(20);
        arrive(101);
        var flood = run(Mode.LIVE);

        Browser.post("/runs/" + flood.runId() + "/reject", Map.of()).then().statusCode(303);

        assertThat(in(EntryState.REJECTED)).hasSize(101);
        arrive(101);
        assertThat(run(Mode.LIVE).skipReason()).isEqualTo(SkipReason.FLOOD);
        assertThat(agent.delivered).hasSize(40);
    }

    @Test
    void what_one_run_leaves_of_a_flood_is_held_in_the_next_ones_and_what_is_new_is_delivered() {
        live();
        usually(20);
        agent.runSize = new RunSize(FirstRun.ALL, Optional.of(150), DeliverPerRun.ADAPTIVE);
        arrive(320);

        var flood = run(Mode.LIVE);
        arrive(5);
        run(Mode.LIVE);
        run(Mode.LIVE);

        assertThat(in(EntryState.HELD)).hasSize(320);
        assertThat(agent.delivered).hasSize(45);
        assertThat(sent.of("flood", agent.in(Mode.LIVE))).containsExactly(OPENED);
        assertThat(get("/").asString()).contains("/runs/" + flood.runId() + "/approve");
        given().post("/api/runs/" + flood.runId() + "/approve").then().body("entries", is(320));
    }

    @Test
    void what_is_approved_before_it_is_decided_is_delivered_and_what_is_rejected_is_not_decided() {
        live();
        agent.runSize = new RunSize(FirstRun.ALL, Optional.of(1), new DeliverPerRun(false, 0));
        arrive(2);
        var flood = run(Mode.LIVE);
        assertThat(in(EntryState.HELD)).hasSize(1);

        given().post("/api/runs/" + flood.runId() + "/approve").then().statusCode(200);
        agent.runSize = new RunSize(FirstRun.ALL, Optional.empty(), DeliverPerRun.UNLIMITED);
        run(Mode.LIVE);
        assertThat(agent.delivered).hasSize(2);

        agent.runSize = new RunSize(FirstRun.ALL, Optional.of(1), new DeliverPerRun(false, 0));
        arrive(2);
        var second = run(Mode.LIVE);
        given().post("/api/runs/" + second.runId() + "/reject").then().body("entries", is(2));
        run(Mode.LIVE);
        assertThat(agent.decided).hasSize(3);
        assertThat(in(EntryState.REJECTED)).hasSize(2);
    }

    @Test
    void a_run_shows_what_is_decided_before_it_ends() {
        arrive(3);
        var seen = new CopyOnWriteArrayList<Integer>();
        agent.deliver = note -> {
            seen.add(journal.runs(name(), 1).get(0).counts().decided());
            return new Receipt("sent");
        };

        run(Mode.LIVE);

        assertThat(seen).containsOnly(3);
    }

    private void live() {
        agent.runSize = new RunSize(FirstRun.ALL, Optional.empty(), DeliverPerRun.ADAPTIVE);
    }

    private void usually(int entries) {
        for (int run = 0; run < 2; run++) {
            arrive(entries);
            run(Mode.LIVE);
        }
    }

    private void arrive(int number) {
        agent.notes = ids(notes, notes + number).stream().map(Note::new).toList();
        notes += number;
    }

    private RunResult run(Mode mode) {
        return runner.run(agent.in(mode));
    }

    private List<Entry> in(EntryState state) {
        return journal.entries(name(), state, 1000);
    }

    private String name() {
        return agent.spec().name();
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }
}
