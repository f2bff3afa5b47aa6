package dev.drydock.console;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalFigures;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.RunOutcome;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
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
    Jdbi jdbi;

    private final NoteAgent agent = new NoteAgent("a", "b");
    private final String name = agent.spec().name();

    @AfterEach
    void removeThem() {
        jdbi.useHandle(handle -> {
            handle.execute("update run set outcome = 'COMPLETED', skip_reason = null where outcome = 'NEWER'");
            handle.execute("update entry set state = 'SHADOWED', hold_reason = null where state = 'NEWER'");
            handle.execute("delete from delivery where outcome = 'NEWER'");
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
        var held = journal.entries(name, EntryState.HELD, 10).get(0).id();
        get("/api/entries/" + held)
                .then()
                .body("holdReason", is("UNKNOWN"))
                .body("deliveries[0].outcome", is("UNKNOWN"));

        given().post("/api/entries/" + held + "/approve").then().body("state", is("PENDING"));
        agent.notes = new NoteAgent("c").notes;
        assertThat(runner.run(agent.in(Mode.REVIEW)).outcome()).isEqualTo(RunOutcome.COMPLETED);
    }
}
