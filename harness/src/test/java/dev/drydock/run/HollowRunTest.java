package dev.drydock.run;

import static dev.drydock.agent.Expectation.items;
import static dev.drydock.agent.Expectation.share;
import static dev.drydock.journal.Notification.Type.OPENED;
import static dev.drydock.journal.Notification.Type.RESOLVED;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Expectation.Figures;
import dev.drydock.agent.Mode;
import dev.drydock.agent.Receipt;
import dev.drydock.alert.SentAlerts;
import dev.drydock.connect.LogLines;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.RunResult;
import dev.drydock.journal.UnjudgedOutputs;
import dev.drydock.outbox.Outbox;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Runs of an agent that declares what a good run looks like. */
@QuarkusTest
class HollowRunTest {

    @Inject
    AgentRunner runner;

    @Inject
    StartDueCycles starts;

    @Inject
    JournalQueries journal;

    @Inject
    Outbox outbox;

    @Inject
    SentAlerts sent;

    @Inject
    UnjudgedOutputs unjudged;

    @Inject
    Jdbi jdbi;

    private final NoteAgent agent = new NoteAgent();
    private int notes;

    @Test
    void a_run_as_expected_delivers_what_it_decided() {
        agent.expectations = List.of(items(3, 5), share("fine", 0.9, 1));
        arrive(4);

        assertThat(run(Mode.LIVE).summary()).isEqualTo("COMPLETED");

        assertThat(agent.delivered).hasSize(4);
        assertThat(in(EntryState.DELIVERED)).hasSize(4).allSatisfy(entry -> {
            assertThat(entry.holdReason()).isNull();
            assertThat(entry.fault()).isNull();
        });
        assertThat(sent.of("hollow-run", agent.in(Mode.LIVE))).isEmpty();
    }

    @Test
    void no_output_leaves_before_its_run_is_judged() {
        agent.expectations = List.of(items(1, 3));
        arrive(3);
        agent.decide = note -> {
            outbox.deliver(agent.in(Mode.LIVE), Optional.empty()); // as the timer does, while the run still decides
            return new Verdict("fine");
        };
        agent.deliver = note -> {
            assertThat(journal.runs(name(), 1).get(0).counts().decided()).isEqualTo(3);
            return new Receipt("sent");
        };

        run(Mode.LIVE);

        assertThat(agent.delivered).hasSize(3);
        assertThat(in(EntryState.DELIVERED)).hasSize(3);
    }

    @Test
    void a_hollow_run_holds_its_outputs_and_a_person_approves_all_of_them() throws Exception {
        agent.expectations = List.of(items(1, 10), share("fine", 0.9, 1));
        agent.decide = note -> new Verdict("empty");
        arrive(3);

        try (var log = new LogLines()) {
            var hollow = run(Mode.LIVE);

            assertThat(hollow.outcome()).isEqualTo(RunOutcome.HOLLOW);
            assertThat(hollow.reason()).isEqualTo("HOLLOW: expected 90 to 100 % of the entries to be fine, got 0 %");
            assertThat(log.lines).anyMatch(line -> line.contains("ended: " + hollow.reason()));
            assertThat(agent.delivered).isEmpty();
            assertThat(in(EntryState.HELD))
                    .hasSize(3)
                    .allSatisfy(entry -> assertThat(entry.holdReason()).isEqualTo(HoldReason.HOLLOW));
            assertThat(sent.of("hollow-run", agent.in(Mode.LIVE))).containsExactly(OPENED);
            assertThat(sent.alerts("hollow-run", name()).get(0).details())
                    .contains("Labels: empty 3", "./drydock approve " + hollow.runId());
            assertThat(get("/").asString()).contains("/runs/" + hollow.runId() + "/approve");
            assertThat(get("/runs/" + hollow.runId()).asString())
                    .contains("expected 90 to 100 % of the entries to be fine", "/runs/" + hollow.runId() + "/approve");
            get("/api/runs/" + hollow.runId())
                    .then()
                    .body("outcome", is("HOLLOW"))
                    .body("fault", is(hollow.fault()));

            given().post("/api/runs/" + hollow.runId() + "/approve").then().body("entries", is(3));
        }

        assertThat(outbox.deliver(agent.in(Mode.LIVE), Optional.empty()).delivered())
                .isEqualTo(3);
        agent.decide = note -> new Verdict("fine");
        arrive(1);
        assertThat(run(Mode.LIVE).summary()).isEqualTo("COMPLETED");
        assertThat(sent.of("hollow-run", agent.in(Mode.LIVE))).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void what_a_hollow_run_holds_is_not_released_by_a_good_one_and_may_be_rejected() {
        agent.expectations = List.of(items(2, 10));
        arrive(1);
        var hollow = run(Mode.LIVE);
        arrive(2);
        assertThat(run(Mode.LIVE).summary()).isEqualTo("COMPLETED");

        assertThat(agent.delivered).hasSize(2);
        assertThat(in(EntryState.HELD)).hasSize(1);
        assertThat(sent.of("hollow-run", agent.in(Mode.LIVE))).containsExactly(OPENED);

        given().post("/api/runs/" + hollow.runId() + "/reject").then().body("entries", is(1));

        assertThat(in(EntryState.REJECTED)).hasSize(1);
        assertThat(sent.of("hollow-run", agent.in(Mode.LIVE))).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void a_run_that_fetched_nothing_is_hollow_and_the_next_one_covers_its_window_again() {
        agent.expectations = List.of(items(1, 10));

        var hollow = run(Mode.SHADOW);
        run(Mode.SHADOW);

        assertThat(hollow.reason()).isEqualTo("HOLLOW: expected 1 to 10 items, got 0");
        assertThat(agent.windows).hasSize(2);
        assertThat(agent.windows.get(1).from()).isBefore(agent.windows.get(0).to());
        assertThat(agent.windows.get(1).first()).isFalse();
        assertThat(starts.startMissed(agent.in(Mode.SHADOW))).isFalse(); // it ran, and a restart makes it no better
        assertThat(sent.of("hollow-run", agent.in(Mode.SHADOW))).containsExactly(OPENED);
    }

    @Test
    void outputs_of_a_run_that_crashed_wait_and_are_judged_with_the_run_that_goes_on_with_it() throws Exception {
        agent.expectations = List.of(items(4, 4));
        arrive(2);
        run(Mode.LIVE);
        crash(); // after it was judged, before it was closed
        assertThat(outbox.deliver(agent.in(Mode.LIVE), Optional.empty()).delivered())
                .isZero();

        arrive(2);
        var next = run(Mode.LIVE);

        assertThat(next.summary()).isEqualTo("COMPLETED");
        assertThat(agent.delivered).hasSize(4);
    }

    @Test
    void outputs_that_wait_are_released_once_nothing_is_expected_any_more() {
        agent.expectations = List.of(items(4, 4));
        arrive(2);
        run(Mode.LIVE);
        crash();
        agent.expectations = List.of();

        run(Mode.LIVE);

        assertThat(agent.delivered).hasSize(2);
    }

    @Test
    void a_check_of_ones_own_names_what_is_wrong_and_one_that_throws_counts_as_broken() {
        agent.expectations =
                List.of(run -> run.labels().containsKey("total") ? Optional.empty() : Optional.of("no total"), run -> {
                    throw new IllegalStateException("Dear Ms Smith");
                });
        arrive(1);

        assertThat(run(Mode.LIVE).fault()).isEqualTo("no total; an expectation failed with IllegalStateException");
    }

    @Test
    void figures_count_what_was_not_judged_with_the_tokens_of_all_calls_for_an_entry() {
        arrive(1);
        run(Mode.LIVE); // judged: not part of the figures
        arrive(2);
        run(Mode.LIVE);
        jdbi.useHandle(handle -> {
            handle.execute("""
                    update run set outcome = 'CRASHED' where id =
                        (select id from run where agent = ? order by seq desc limit 1)""", name());
            handle.execute("""
                    insert into model_call (id, run_id, entry_id, agent, request, tokens_out, called_at, latency_ms)
                    select gen_random_uuid(), run_id, id, agent, '{}', tokens, now(), 1
                    from entry, unnest(array[item_id::int * 10, 5]) as tokens where agent = ?""", name());
        });

        var figures = unjudged.figures(name(), 3);

        assertThat(figures).isEqualTo(new Figures(5, Map.of("fine", 2), OptionalDouble.of((15 + 25) / 2.0)));
    }

    @Test
    void in_review_each_output_waits_for_a_person_as_usual() {
        agent.expectations = List.of(items(2, 4));
        arrive(1);

        assertThat(run(Mode.REVIEW).outcome()).isEqualTo(RunOutcome.HOLLOW);

        assertThat(in(EntryState.HELD))
                .singleElement()
                .satisfies(entry -> assertThat(entry.holdReason()).isEqualTo(HoldReason.REVIEW));
    }

    private void crash() {
        jdbi.useHandle(handle -> handle.execute("update run set outcome = 'CRASHED' where agent = ?", name()));
    }

    private void arrive(int number) {
        agent.notes = IntStream.range(notes, notes + number)
                .mapToObj(id -> new Note(String.valueOf(id)))
                .toList();
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
}
