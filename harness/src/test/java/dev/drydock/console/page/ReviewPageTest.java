package dev.drydock.console.page;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;

import com.example.triage.TriageAgent.Category;
import com.example.triage.TriageAgent.Triage;
import com.example.triage.TriageAgent.Urgency;
import dev.drydock.MovableClock;
import dev.drydock.agent.AgentSpec;
import dev.drydock.agent.Mode;
import dev.drydock.config.Agents;
import dev.drydock.connect.Message;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryDetails;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.FeedbackJournal;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.UndoableReviews;
import dev.drydock.outbox.Outbox;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person reads, edits, approves and rejects outputs in the browser. */
@QuarkusTest
class ReviewPageTest {

    private static final Pattern CLICK = Pattern.compile("name=\"click\" value=\"([^\"]+)\"");

    @Inject
    Agents agents;

    @Inject
    AgentRunner runner;

    @Inject
    Outbox outbox;

    @Inject
    JournalQueries journal;

    @Inject
    EntryDetails details;

    @Inject
    FeedbackJournal feedback;

    @Inject
    Jdbi jdbi;

    @Inject
    MovableClock clock;

    @Inject
    CircuitBreakerMaintenance circuits;

    private ReviewedTriage triage;

    @BeforeEach
    void begin() {
        circuits.resetAll(); // other tests' runs of this agent may have failed
        triage = triage(ReviewedTriage.BUG);
    }

    /** What was approved here waits for nobody: other tests count the outputs of this agent, too. */
    @AfterEach
    void reject_what_is_left() {
        for (var state : List.of(EntryState.PENDING, EntryState.HELD)) {
            for (var entry : journal.entries("triage", state, 100)) {
                given().post("/api/entries/" + entry.id() + "/reject").then().statusCode(200);
            }
        }
    }

    @Test
    void shows_the_item_the_decision_and_what_would_have_gone_out() {
        var entry = entries(Mode.SHADOW, "Export").get(0);

        assertThat(html("/entries/" + entry.id()))
                .containsSubsequence(
                        "What would have gone out",
                        "# Export\n\nBUG · TODAY\n\nThe export crashes.",
                        "The decision",
                        "BUG: something fails with an error",
                        "The item",
                        "a@b.example",
                        "It crashes.",
                        "None: a rule decided it",
                        "shadow mode delivers nothing");
    }

    @Test
    void shows_what_a_model_or_a_sender_wrote_as_text() {
        triage = triage(new Triage(Category.BUG, Urgency.TODAY, "<script>alert(1)</script>", "<b>b</b>"));
        var entry = entries(Mode.REVIEW, "<script>alert(2)</script>").get(0);

        for (var path : List.of("/entries/" + entry.id(), "/review")) {
            assertThat(html(path)).contains("&lt;script&gt;").doesNotContain("<script>alert", "<b>b</b>");
        }
    }

    @Test
    void says_in_the_queue_what_an_approval_does() {
        var entry = entries(Mode.REVIEW, "Export").get(0);

        assertThat(html("/review"))
                .containsSubsequence(
                        "/entries/" + entry.id(),
                        "BUG",
                        "summary: The export crashes.",
                        "On approval: Releases the output");
    }

    @Test
    void sends_nothing_for_ten_seconds_in_which_it_can_be_undone() throws Exception {
        var entry = entries(Mode.REVIEW, "Export").get(0);
        post("/review/approve", Map.of("id", entry.id())).statusCode(303).header("Location", endsWith("/review"));
        assertThat(deliver()).isZero();

        post("/review/undo", Map.of("click", click(entry))).statusCode(303);
        clock.advance(UndoableReviews.UNDO);

        assertThat(deliver()).isZero();
        assertThat(state(entry)).isEqualTo(EntryState.HELD);
        assertThat(html("/entries/" + entry.id())).contains("took the approval back");
    }

    @Test
    void approves_many_at_once_and_sends_them() throws Exception {
        var entries = entries(Mode.REVIEW, "One", "Two", "Three");
        post("/review/approve", Map.of("id", entries.stream().map(Entry::id).toList()))
                .statusCode(303);

        clock.advance(UndoableReviews.UNDO);
        assertThat(deliver()).isEqualTo(3);
        assertThat(triage.delivered).hasSize(3);
    }

    @Test
    void tells_the_second_approver_who_was_first() {
        var entry = entries(Mode.REVIEW, "Export").get(0);
        post("/entries/%s/approve".formatted(entry.id()), Map.of()).statusCode(303);

        post("/entries/%s/approve".formatted(entry.id()), Map.of())
                .statusCode(409)
                .body(allOf(containsString("without login approved it"), containsString("<html")));
        post("/review/reject", Map.of("id", entry.id())).statusCode(409).body(containsString("approved it"));
        assertThat(state(entry)).isEqualTo(EntryState.PENDING);
    }

    @Test
    void sends_the_edited_decision_and_learns_from_it() throws Exception {
        var entry = entries(Mode.REVIEW, "Invoice").get(0);

        post(
                        "/entries/%s/approve-edited".formatted(entry.id()),
                        Map.of(
                                "field.category",
                                "billing",
                                "field.summary",
                                "The invoice is wrong.",
                                "note",
                                "an invoice"))
                .statusCode(303);
        clock.advance(UndoableReviews.UNDO);
        assertThat(deliver()).isEqualTo(1);

        assertThat(triage.delivered)
                .containsExactly(new Triage(Category.BILLING, Urgency.TODAY, "The invoice is wrong.", "it crashes"));
        assertThat(requireNonNull(details.of(entry.id()).orElseThrow().original()))
                .contains("BUG");
        assertThat(feedback.corrections("triage"))
                .filteredOn(correction -> correction.entryId().equals(entry.id()))
                .singleElement()
                .satisfies(correction -> {
                    assertThat(correction.label()).isEqualTo("BUG");
                    assertThat(correction.correctLabel()).isEqualTo("BILLING");
                    assertThat(correction.note()).isEqualTo("an invoice");
                });
        assertThat(html("/entries/" + entry.id())).contains("edited; before: BUG", "approved it with changes");
    }

    @Test
    void approves_nothing_whose_changes_cannot_be_stored() {
        var entry = entries(Mode.REVIEW, "Invoice").get(0);
        jdbi.useHandle(handle -> handle.execute(
                "alter table feedback add constraint refused check (note is distinct from 'refuse it') not valid"));
        try {
            post(
                            "/entries/%s/approve-edited".formatted(entry.id()),
                            Map.of("field.category", "BILLING", "note", "refuse it"))
                    .statusCode(500);
        } finally {
            jdbi.useHandle(handle -> handle.execute("alter table feedback drop constraint refused"));
        }

        assertThat(state(entry)).isEqualTo(EntryState.HELD);
        assertThat(html("/entries/" + entry.id())).doesNotContain("edited; before", "approved it");
    }

    @Test
    void refuses_an_edit_that_a_model_could_not_answer() {
        var entry = entries(Mode.REVIEW, "Export").get(0);

        post("/entries/%s/approve-edited".formatted(entry.id()), Map.of("field.category", "NONSENSE"))
                .statusCode(400)
                .body(containsString("The edited decision is not valid"), containsString("category"));
        post("/entries/%s/approve-edited".formatted(entry.id()), Map.of("field.summary", "x".repeat(501)))
                .statusCode(400)
                .body(containsString("500"));
        post(
                        "/entries/%s/approve-edited".formatted(entry.id()),
                        Map.of("field.category", "BILLING", "note", "x".repeat(2_001)))
                .statusCode(400)
                .body(containsString("2,000"));

        assertThat(state(entry)).isEqualTo(EntryState.HELD);
    }

    @Test
    void takes_thumbs_and_corrections() {
        var entry = entries(Mode.SHADOW, "Export").get(0);
        post("/entries/%s/feedback".formatted(entry.id()), Map.of("verdict", "down"))
                .statusCode(303);
        post("/entries/%s/correct".formatted(entry.id()), Map.of("field.category", "OUTAGE"))
                .statusCode(303);

        assertThat(html("/entries/" + entry.id())).contains("Feedback: it was wrong", "should have been OUTAGE");
        assertThat(html("/cases/triage")).contains("/entries/" + entry.id());
        assertThat(html("/shadow/triage")).contains("disagreed");
    }

    @Test
    void shows_what_a_replay_says() {
        var entry = entries(Mode.SHADOW, "Export").get(0); // by a rule that the registered agent does not have

        assertThat(html("/entries/%s/replay".formatted(entry.id())))
                .contains("Replay from the records", "no rule decides it today");
    }

    @Test
    void asks_the_model_again_and_stores_nothing() {
        var entry = entries(Mode.SHADOW, "Export").get(0);

        post("/entries/%s/decide-again".formatted(entry.id()), Map.of())
                .statusCode(200)
                .body(containsString("Decided again by the model"), containsString("Nothing was stored"));

        assertThat(journal.entry(entry.id()).orElseThrow().decision()).isEqualTo(entry.decision());
        assertThat(html("/entries/" + entry.id())).contains("had it decided again");
    }

    @Test
    void changes_nothing_without_the_token_of_its_forms() {
        var entry = entries(Mode.REVIEW, "Export").get(0);

        given().accept("text/html")
                .formParam("id", entry.id().toString())
                .post("/review/approve")
                .then()
                .statusCode(403);
        assertThat(state(entry)).isEqualTo(EntryState.HELD);
    }

    /** Another test may have left a run of the same agent behind. */
    private List<Entry> entries(Mode mode, String... subjects) {
        var agent = triage.reading(subjects).in(mode);
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> journal.entriesOf(requireNonNull(runner.run(agent).runId()), subjects.length),
                        entries -> entries.size() == subjects.length);
    }

    @SuppressWarnings("unchecked") // the reference agent's
    private ReviewedTriage triage(Triage decision) {
        var spec = (AgentSpec<Message, Triage>)
                agents.named("triage").orElseThrow().spec();
        return new ReviewedTriage(spec, decision);
    }

    private int deliver() throws InterruptedException {
        return outbox.deliver(triage.in(Mode.REVIEW), Optional.empty()).delivered();
    }

    private EntryState state(Entry entry) {
        return journal.entry(entry.id()).orElseThrow().state();
    }

    private static String html(String path) {
        return Browser.load(path).then().statusCode(200).extract().asString();
    }

    private static ValidatableResponse post(String path, Map<String, ?> fields) {
        return Browser.post(path, fields).then();
    }

    private static UUID click(Entry entry) {
        var found = CLICK.matcher(html("/entries/" + entry.id()));
        assertThat(found.find()).isTrue();
        return UUID.fromString(found.group(1));
    }
}
