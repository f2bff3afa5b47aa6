package dev.drydock.console;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.drydock.ClockedInbox;
import dev.drydock.MovableClock;
import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Item;
import dev.drydock.config.Agents;
import dev.drydock.connect.FeedbackLinks;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.Feedback.Source;
import dev.drydock.journal.Feedback.Verdict;
import dev.drydock.journal.JournalQueries;
import dev.drydock.judge.ImportLabels;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people say of decisions, by the API and by the links in delivered messages. */
@QuarkusTest
class FeedbackTest {

    @Inject
    JournalQueries journal;

    @Inject
    AgentRunner runner;

    @Inject
    FeedbackLinks links;

    @Inject
    MovableClock clock;

    @Inject
    Agents agents;

    @Inject
    ImportLabels labels;

    @Inject
    ClockedInbox inbox;

    @TempDir
    Path folder;

    private static final String OWN = UUID.randomUUID() + "-";

    private Entry entry;

    @BeforeEach
    void decide_the_samples_once() throws IOException {
        if (decided().isEmpty()) {
            for (var sample : Path.of("samples/inbox").toFile().list()) {
                inbox.put(OWN + sample, Files.readString(Path.of("samples/inbox", sample)));
            }
            var run = runner.run(agents.named("triage").orElseThrow());
            assertThat(decided()).as(run.toString()).hasSizeGreaterThanOrEqualTo(20);
        }
        entry = decided().stream()
                .filter(one -> journal.feedbackOf(one.id()).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** Those of this class: others decided the samples, too, and what they decided may be deleted by now. */
    private List<Entry> decided() {
        return journal.entries("triage", EntryState.SHADOWED, 100).stream()
                .filter(one -> one.itemId().contains(OWN))
                .toList();
    }

    @Test
    void takes_a_thumb_a_rating_and_a_note() {
        give("""
                {"verdict": "down", "rating": 2, "note": "It was about an invoice."}""").statusCode(200).body("verdict", is(List.of("DOWN")));

        get("/api/entries/" + entry.id())
                .then()
                .body("feedback[0].verdict", is("DOWN"))
                .body("feedback[0].rating", is(2))
                .body("feedback[0].note", is("It was about an invoice."))
                .body("feedback[0].source", is("API"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"BILLING, TODAY\"                               | BILLING | TODAY",
                "\"billing,never\"                                | BILLING | NEVER",
                "{\"category\": \"BILLING\", \"urgency\": \"LATER\"} | BILLING | LATER"
            })
    void names_the_field_of_each_value_of_a_correction(String correct, String category, String urgency) {
        give("{\"correct\": %s}".formatted(correct))
                .statusCode(200)
                .body("[0].correct.category", is(category))
                .body("[0].correct.urgency", is(urgency))
                .body("[0].correct", not(hasKey("summary")))
                .body("[0].correctLabel", is(category));
    }

    @Test
    void says_when_the_corrected_mistake_was_dangerous() {
        give("{\"correct\": {\"urgency\": \"NEVER\"}}").body("[0].dangerous", is(false));
        var harmless = decided().stream()
                .filter(one -> requireNonNull(one.decision()).contains("\"NEVER\""))
                .findFirst()
                .orElseThrow();
        entry = harmless;

        give("{\"correct\": \"now\"}").body("[-1].dangerous", is(true));
        get("/api/alerts?limit=1000")
                .then()
                .body(
                        "findAll { it.rule == 'dangerous-failure' }.summary",
                        hasItem(containsString("with a wrong value of urgency")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                | Send at least one of verdict (up or down), correct, rating and note.",
                "{\"rating\": 6}                   | rating must be a number from 1 to 5.",
                "{\"verdict\": \"sideways\"}       | \"sideways\" is not one of [UP, DOWN].",
                "{\"correct\": \"BILING\"}         | No value of the decision is called \"BILING\".",
                "{\"correct\": {\"kategory\": 1}}  | The decision has no field \"kategory\". It has [category, urgency, summary, reason].",
                "{\"correct\": {\"urgency\": \"SOON\"}} | not one of the values accepted",
                "{\"correct\": 7}                  | correct is a text such as \"BUG\", or an object with fields of the decision"
            })
    void says_what_would_fit(String body, String sentence) {
        give(body).statusCode(400).body("detail", containsString(sentence));

        assertThat(journal.feedbackOf(entry.id())).isEmpty();
    }

    @Test
    void is_recorded_by_the_click_of_a_person_but_not_by_a_scanner_that_opens_each_link() {
        var link = link(entry, false);

        for (int scan = 0; scan < 3; scan++) {
            given().get(link).then().statusCode(200).body(containsString("Was it wrong?"));
        }
        assertThat(journal.feedbackOf(entry.id())).isEmpty();

        for (int click = 0; click < 2; click++) {
            given().formParam("correct", "billing, later")
                    .post(link)
                    .then()
                    .statusCode(200)
                    .body(containsString(click == 0 ? "Thank you" : "recorded before"));
        }
        assertThat(journal.feedbackOf(entry.id())).singleElement().satisfies(feedback -> {
            assertThat(feedback.source()).isEqualTo(Source.LINK);
            assertThat(feedback.verdict()).isEqualTo(Verdict.DOWN);
            assertThat(feedback.correctLabel()).isEqualTo("BILLING");
        });
    }

    @Test
    void asks_again_for_a_correction_by_a_link_that_fits_nothing() {
        given().formParam("correct", "<script>alert(1)</script>")
                .post(link(entry, false))
                .then()
                .statusCode(400)
                .body(containsString("No value of the decision is called"))
                .body(not(containsString("<script>")));

        assertThat(journal.feedbackOf(entry.id())).isEmpty();
    }

    @Test
    void comes_by_no_link_that_is_forged_or_expired() {
        var link = link(entry, true).toString();
        var last = link.charAt(link.length() - 2);
        var forged = link.substring(0, link.length() - 2) + (last == 'A' ? 'B' : 'A') + link.charAt(link.length() - 1);

        given().post(URI.create(forged)).then().statusCode(404);
        given().post("/f/nonsense").then().statusCode(404);
        clock.advance(Duration.ofDays(31));
        try {
            given().post(URI.create(link)).then().statusCode(410).body(containsString("expired"));
        } finally {
            clock.advance(Duration.ofDays(-31));
        }
        assertThat(journal.feedbackOf(entry.id())).isEmpty();
    }

    @Test
    void comes_by_no_link_from_an_address_that_forged_too_many() {
        var link = link(entry, true);
        for (int forged = 0; forged < AttemptLimit.Kind.FEEDBACK_LINK.fromOneAddress(); forged++) {
            from("192.0.2.9").get("/f/forged" + forged).then().statusCode(404);
        }

        from("192.0.2.9").post(link).then().statusCode(429).header("Retry-After", notNullValue());
        assertThat(journal.feedbackOf(entry.id())).isEmpty();
        from("198.51.100.2").post(link).then().statusCode(200);
    }

    private static RequestSpecification from(String address) {
        return given().header("X-Forwarded-For", address);
    }

    @Test
    void comes_from_a_file_of_what_people_did_once() throws Exception {
        var other = requireNonNull(entry.label()).equals("SPAM") ? "BUG" : "SPAM";
        var file = Files.writeString(folder.resolve("labels.csv"), """
                id,label
                %1$s,%2$s
                nobody.eml,SPAM
                %1$s,SPAMM
                """.formatted(entry.itemId(), other));
        var agent = agents.named("triage").orElseThrow();

        var first = labels.run(agent, file);
        var second = labels.run(agent, file);

        assertThat(first.corrected()).isEqualTo(1);
        assertThat(first.faults())
                .satisfiesExactly(
                        fault -> assertThat(fault).isEqualTo(file + ":3: triage has decided about no item nobody.eml"),
                        fault -> assertThat(fault)
                                .startsWith(file + ":4: No value of the decision is called \"SPAMM\""));
        assertThat(second.known()).isEqualTo(1);
        assertThat(second.corrected()).isZero();
        assertThat(journal.feedbackOf(entry.id())).singleElement().satisfies(feedback -> {
            assertThat(feedback.source()).isEqualTo(Source.IMPORT);
            assertThat(feedback.correctLabel()).isEqualTo(other);
        });
    }

    private ValidatableResponse give(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/entries/%s/feedback".formatted(entry.id()))
                .then();
    }

    /** The link, at the port of the test. */
    private URI link(Entry entry, boolean right) {
        var key = DeliveryKey.of(entry.agent(), entry.itemId(), entry.itemVersion());
        var both =
                links.of(new Linked(entry.itemId(), entry.itemVersion()), key).orElseThrow();
        return URI.create("http://localhost:" + RestAssured.port + (right ? both.right() : both.wrong()).getPath());
    }

    private record Linked(String id, String version) implements Item {}
}
