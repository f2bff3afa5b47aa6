package dev.drydock.console;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.agent.SideEffect.Risk;
import dev.drydock.journal.Ageing;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ProposedCall.State;
import dev.drydock.journal.SideEffectJournal;
import dev.drydock.journal.SideEffectJournal.Call;
import dev.drydock.run.AgentRunner;
import dev.drydock.run.PruneJournal;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ApiTest {

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    SideEffectJournal sideEffects;

    @Inject
    PruneJournal prune;

    @Inject
    Ageing ageing;

    @Test
    void lists_the_agents_and_names_the_model_that_decides() {
        get("/api/agents")
                .then()
                .statusCode(200)
                .body("name", hasItem("triage"))
                .body("mode", hasItem("shadow"))
                .body("model", hasItem("offline-minilm-l6-v2"));
    }

    @Test
    void refuses_a_request_that_is_too_large() {
        given().body("x".repeat(3_000_000))
                .post("/api/agents/triage/runs")
                .then()
                .statusCode(413);
    }

    @Test
    void says_what_a_check_should_expect_of_an_agent() {
        get("/api/agents")
                .then()
                .body("zone", hasItem("UTC"))
                .body("schedule", hasItem("every 5m"))
                .body("expectedEvery", hasItem("PT5M"))
                .body("grace", hasItem("PT11M"));
    }

    @Test
    void has_not_started_before_its_schedules() {
        get("/q/health/started").then().statusCode(503).body("checks.name", hasItem("schedules"));
    }

    @Test
    void says_what_the_model_takes_and_how_long_its_answers_are() {
        for (int answer = 1; answer <= 500; answer++) {
            ageing.answered("triage", answer > 495 ? 900 : 61, 4_096);
        }

        get("/api/agents")
                .then()
                .body("find { it.name == 'triage' }.limits.callsAllowed", greaterThan(0))
                .body("find { it.name == 'triage' }.limits.refusals.keySet()", hasItems("rate_limited", "timed_out"))
                .body("find { it.name == 'triage' }.limits.outputTokens.p99", is(61))
                .body("find { it.name == 'triage' }.limits.outputTokens.reserved", is(4_096));
        get("/").then()
                .body(containsString("99 of 100 answers have at most 61 tokens"))
                .body(containsString("<code>drydock.model.max-output-tokens=100</code>"));
    }

    @Test
    void starts_a_cycle_on_request() {
        var runId = given().post("/api/agents/triage/runs")
                .then()
                .statusCode(202)
                .extract()
                .path("runId");

        get("/api/runs/" + runId).then().statusCode(200).body("agent", is("triage"));
    }

    @Test
    void shows_a_run_with_its_entries() {
        var agent = new NoteAgent("a", "b");
        var report = runner.run(agent.in(Mode.SHADOW));

        get("/api/runs/" + report.runId())
                .then()
                .body("outcome", is("COMPLETED"))
                .body("decided", is(2))
                .body("startedAt", containsString("Z"))
                .body("entries.itemId", is(List.of("a", "b")))
                .body("calls", hasSize(0));
        get("/api/runs?agent=" + agent.spec().name() + "&limit=1").then().body("", hasSize(1));
    }

    @Test
    void replays_a_run() {
        var agent = new NoteAgent("a", "b");
        var run = runner.run(agent.in(Mode.SHADOW)).runId();

        given().post("/api/runs/" + run + "/replay")
                .then()
                .statusCode(200)
                .body("entries", is(2))
                .body("records.NOT_ON_RECORD", is(2)) // the application has no agent of this name
                .body("shown.production.label", is(List.of("fine", "fine")))
                .body("shown[0].records.reasons[0]", containsString("there is no agent"));
        given().post("/api/runs/" + UUID.randomUUID() + "/replay").then().statusCode(404);
    }

    @Test
    void filters_entries_and_shows_one_with_its_item_and_decision() {
        var agent = new NoteAgent("a");
        runner.run(agent.in(Mode.SHADOW));
        var name = agent.spec().name();

        get("/api/entries?state=shadowed&agent=" + name)
                .then()
                .body("state", everyItem(is("SHADOWED")))
                .body("decision.label", is(List.of("fine")));
        get("/api/entries?state=held&agent=" + name).then().body("", hasSize(0));
        var id = get("/api/entries?agent=" + name).path("[0].id");
        get("/api/entries/" + id)
                .then()
                .body("item.text", is("text of a"))
                .body("deliveryKey", startsWith(name + "-"))
                .body("deliveries", hasSize(0));
    }

    @Test
    void lets_a_person_approve_or_reject_what_is_held_and_nothing_else() {
        var agent = new NoteAgent("a", "b");
        runner.run(agent.in(Mode.REVIEW));
        var held = journal.entries(agent.spec().name(), EntryState.HELD, 10);
        var approved = held.get(0).id();

        given().post("/api/entries/" + approved + "/approve")
                .then()
                .statusCode(200)
                .body("state", is("PENDING"));
        given().post("/api/entries/" + held.get(1).id() + "/reject")
                .then()
                .statusCode(200)
                .body("state", is("REJECTED"));
        given().post("/api/entries/" + approved + "/approve")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body(
                        "detail",
                        startsWith(
                                "The entry is PENDING; this action requires HELD. A person without login approved it at 20"));
    }

    @Test
    void asks_what_became_of_a_tool_call_that_is_unsure() {
        var agent = new NoteAgent("a");
        runner.run(agent.in(Mode.REVIEW));
        var id = journal.entries(agent.spec().name(), null, 1).get(0).id();
        var call = sideEffects.propose(
                agent.spec().name(), id, new Call("k", "Desk.refund", "{}", Risk.HIGH), State.STARTED);
        sideEffects.settle(call.id(), State.UNSURE, "read timed out");

        get("/api/entries/" + id)
                .then()
                .body("sideEffects[0].state", is("UNSURE"))
                .body("sideEffects[0].result", is("read timed out"));
        given().post("/api/entries/" + id + "/approve")
                .then()
                .statusCode(409)
                .body("detail", containsString("not known whether Desk.refund was called: read timed out"))
                .body("detail", containsString("?unsure=again"));
        given().post("/api/entries/" + id + "/approve?unsure=perhaps").then().statusCode(400);
        given().post("/api/entries/" + id + "/approve?unsure=made")
                .then()
                .statusCode(200)
                .body("state", is("ADMITTED"));
        get("/api/entries/" + id).then().body("sideEffects[0].state", is("DONE"));
    }

    @Test
    void approves_no_claim() {
        var agent = new NoteAgent("a");
        agent.effects = Map.of("fine", "refund");
        runner.run(agent.in(Mode.REVIEW));
        var id = journal.entries(agent.spec().name(), null, 1).get(0).id();

        get("/api/entries/" + id).then().body("state", is("HELD")).body("holdReason", is("CLAIM"));
        given().post("/api/entries/" + id + "/approve")
                .then()
                .statusCode(409)
                .body("detail", containsString("the decision says fine, and the tool refund was not called"));
    }

    @Test
    void lets_a_person_return_what_was_rejected_or_poisoned_and_shows_what_it_was() {
        var agent = new NoteAgent("a");
        runner.run(agent.in(Mode.REVIEW));
        var id = journal.entries(agent.spec().name(), null, 1).get(0).id();
        given().post("/api/entries/" + id + "/retry")
                .then()
                .statusCode(409)
                .body("detail", is("The entry is HELD; this action requires POISONED, UNDELIVERABLE or REJECTED."));

        given().post("/api/entries/" + id + "/reject").then().statusCode(200);
        given().post("/api/entries/" + id + "/retry").then().statusCode(200).body("state", is("ADMITTED"));

        get("/api/entries/" + id).then().body("returns.state", is(List.of("REJECTED")));
        given().post("/api/entries/" + id + "/reject").then().statusCode(200).body("state", is("REJECTED"));
    }

    @Test
    void approves_no_shadow_output() {
        var agent = new NoteAgent("a");
        runner.run(agent.in(Mode.SHADOW));
        var id = journal.entries(agent.spec().name(), null, 1).get(0).id();

        for (int click = 1; click <= 2; click++) {
            given().post("/api/entries/" + id + "/approve")
                    .then()
                    .statusCode(409)
                    .body("detail", is("The entry is SHADOWED; this action requires HELD."));
        }
    }

    @Test
    void shows_what_is_left_of_a_forgotten_entry_and_says_why_it_cannot_be_sent_again() {
        var agent = new NoteAgent("a");
        runner.run(agent.in(Mode.LIVE));
        ageing.yearsPass(agent.spec().name());

        prune.pruneSome();

        var id = journal.entries(agent.spec().name(), null, 1).get(0).id();
        get("/api/entries/" + id)
                .then()
                .statusCode(200)
                .body("state", is("DELIVERED"))
                .body("label", is("fine"))
                .body("item", nullValue())
                .body("decision", nullValue())
                .body("runId", nullValue());
        given().post("/api/entries/" + id + "/redeliver")
                .then()
                .statusCode(409)
                .body("detail", containsString("drydock.retention.payloads"));
        get("/").then().statusCode(200);
    }

    @Test
    void answers_faults_with_problem_documents_that_say_what_to_do() {
        get("/api/entries?state=lost").then().statusCode(400).body("detail", containsString("SHADOWED"));
        get("/api/entries?limit=0").then().statusCode(400).body("detail", is("limit must be a number from 1 to 1000."));
        get("/api/runs/" + UUID.randomUUID()).then().statusCode(404).contentType("application/problem+json");
        get("/api/entries/nonsense").then().statusCode(404).body("detail", containsString("UUID"));
        given().post("/api/agents/nobody/runs")
                .then()
                .statusCode(404)
                .body("detail", is("There is no agent \"nobody\"."));
        get("/api/nowhere").then().statusCode(404).body("status", is(404));
    }

    @Test
    void lets_no_foreign_page_change_anything_through_a_browser() {
        given().header("Sec-Fetch-Site", "cross-site")
                .post("/api/agents/triage/runs")
                .then()
                .statusCode(403);
    }

    @Test
    void answers_health_checks() {
        get("/q/health/live").then().statusCode(200).body("checks.name", hasItems("scheduler", "watchdog"));
        get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", hasItems("Database connections health check", "not stopping", "circuits"));
    }
}
