package dev.drydock.console;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anything;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.agent.SideEffect.Risk;
import dev.drydock.alert.Recorder;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.journal.BatchedCalls;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalFigures;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Notification;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.RunHistory;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.ShadowOutputs;
import dev.drydock.journal.SideEffectJournal;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After a rollback, the journal has values that only the newer release knows. */
@QuarkusTest
class NewerReleaseTest {

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    JournalFigures figures;

    @Inject
    RunHistory runs;

    @Inject
    ShadowOutputs shadowOutputs;

    @Inject
    SideEffectJournal sideEffects;

    @Inject
    BatchedCalls batches;

    @Inject
    Recorder recorder;

    @Inject
    Jdbi jdbi;

    private final NoteAgent agent = new NoteAgent("a", "b");
    private final String name = agent.spec().name();

    @AfterEach
    void removeThem() {
        jdbi.useHandle(handle -> {
            handle.execute("update run set outcome = 'COMPLETED', skip_reason = null where outcome = 'NEWER'");
            handle.execute("update run set mode = 'REVIEW' where mode = 'NEWER'");
            handle.execute("update entry set state = 'SHADOWED', hold_reason = null where state = 'NEWER'");
            handle.execute("update entry set mode = 'REVIEW' where mode = 'NEWER'");
            handle.execute("delete from delivery where outcome = 'NEWER'");
            handle.execute("delete from feedback where verdict = 'NEWER'");
            handle.execute("delete from side_effect where risk = 'NEWER'");
            handle.execute("delete from batch_call where state = 'NEWER'");
            handle.execute("delete from alert where severity = 'NEWER'");
        });
    }

    @Test
    void runs_and_entries_with_unknown_values_are_shown_and_the_agent_runs_on() {
        runner.run(agent.in(Mode.REVIEW));
        jdbi.useHandle(handle -> {
            handle.execute("update run set outcome = 'NEWER', skip_reason = 'NEWER' where agent = ?", name);
            handle.execute("update entry set state = 'NEWER' where agent = ? and item_id = 'a'", name);
            handle.execute("update entry set hold_reason = 'NEWER' where agent = ? and item_id = 'b'", name);
            handle.execute("""
                    insert into delivery (entry_id, attempt, outcome, started_at)
                    select id, 0, 'NEWER', now() from entry where agent = ?""", name);
        });

        get("/runs?agent=" + name).then().statusCode(200).body(containsString("UNKNOWN"));
        get("/api/runs?agent=" + name)
                .then()
                .body("outcome", hasItem("UNKNOWN"))
                .body("skipReason", hasItem("UNKNOWN"));
        get("/api/entries?agent=" + name).then().body("state", hasItem("UNKNOWN"));
        get("/q/metrics").then().statusCode(200);
        assertThat(figures.held()).isNotEmpty();
        var held = held();
        get("/api/entries/" + held)
                .then()
                .body("holdReason", is("UNKNOWN"))
                .body("deliveries[0].outcome", is("UNKNOWN"));

        given().post("/api/entries/" + held + "/approve").then().body("state", is("PENDING"));
        agent.notes = new NoteAgent("c").notes;
        assertThat(runner.run(agent.in(Mode.REVIEW)).outcome()).isEqualTo(RunOutcome.COMPLETED);
    }

    @Test
    void an_unknown_mode_of_runs_and_entries_is_no_reason_to_stop() {
        runner.run(agent.in(Mode.REVIEW));
        jdbi.useHandle(handle -> {
            handle.execute("update run set mode = 'NEWER' where agent = ?", name);
            handle.execute("update entry set mode = 'NEWER' where agent = ?", name);
        });

        get("/runs?agent=" + name).then().statusCode(200);
        get("/api/runs?agent=" + name).then().body("mode", hasItem("UNKNOWN"));
        var entry = held();
        get("/entries/" + entry).then().statusCode(200);
        get("/api/entries/" + entry).then().body("mode", nullValue());
        assertThat(runs.lastMode(name)).isEmpty();

        agent.notes = new NoteAgent("c").notes;
        assertThat(runner.run(agent.in(Mode.REVIEW)).outcome()).isEqualTo(RunOutcome.COMPLETED);
    }

    @Test
    void what_people_and_models_did_with_an_entry_is_shown() {
        runner.run(agent.in(Mode.SHADOW));
        var entry = journal.entries(name, EntryState.SHADOWED, 1).get(0).id();
        given().contentType("application/json")
                .body("{\"verdict\":\"up\",\"note\":\"well done\"}")
                .post("/api/entries/" + entry + "/feedback");
        sideEffects.propose(
                name, entry, new SideEffectJournal.Call("key", "lights", "{}", Risk.LOW), ProposedCall.State.PROPOSED);
        batches.add(entry, "key", "{}", List.of());
        jdbi.useHandle(handle -> {
            handle.execute("update feedback set verdict = 'NEWER' where entry_id = ?", entry);
            handle.execute("update side_effect set risk = 'NEWER' where entry_id = ?", entry);
            handle.execute("update batch_call set state = 'NEWER' where entry_id = ?", entry);
        });

        get("/entries/" + entry).then().statusCode(200).body(containsString("well done"));
        get("/api/entries/" + entry).then().body("sideEffects[0].risk", is("IRREVERSIBLE"));
        assertThat(shadowOutputs.page(name, null, 10))
                .hasSize(2)
                .allSatisfy(output -> assertThat(output.verdict()).isNull());
        assertThat(batches.find(entry, "key"))
                .hasValueSatisfying(call -> assertThat(call.state()).isEqualTo(BatchedCalls.State.UNKNOWN));
    }

    @Test
    void an_alert_of_unknown_severity_is_critical_and_an_unknown_notice_is_left_to_that_release() {
        var alert = UUID.randomUUID();
        jdbi.useTransaction(handle -> {
            handle.execute("""
                    insert into alert (id, rule, subject, agent, severity, summary, details, opened_at, seen_at)
                    values (?, 'newer', ?, ?, 'NEWER', 'of a newer release', '', now(), now())""", alert, name, name);
            for (var turn : List.of("NEWER", "OPENED", "RESOLVED")) {
                handle.execute("""
                        insert into notice (id, alert_id, turn, channel, severity, summary, details, at, state, next_attempt_at)
                        values (gen_random_uuid(), ?, ?, 'recorder', 'NEWER', 'of a newer release', '', now(), ?, now())""", alert, turn, turn.equals("RESOLVED") ? "NEWER" : "WAITING");
            }
        });

        await().atMost(Duration.ofMinutes(2))
                .until(() -> recorder.notices.stream()
                        .anyMatch(notice -> notice.alertId().equals(alert)));
        assertThat(recorder.notices.stream().filter(notice -> notice.alertId().equals(alert)))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.type()).isEqualTo(Notification.Type.OPENED);
                    assertThat(notice.severity()).isEqualTo(Severity.CRITICAL);
                });
        get("/alerts").then().statusCode(200).body(containsString("of a newer release"));
        var shown = "find { it.id == '" + alert + "' }.";
        get("/api/alerts")
                .then()
                .body(shown + "severity", is("critical"))
                .body(shown + "deliveries.turn", contains("UNKNOWN", "OPENED", "RESOLVED"))
                .body(shown + "deliveries.state", contains(is("WAITING"), anything(), is("UNKNOWN")))
                .body(shown + "deliveries[0].attempts", is(0));
    }

    private UUID held() {
        return journal.entries(name, EntryState.HELD, 10).get(0).id();
    }
}
