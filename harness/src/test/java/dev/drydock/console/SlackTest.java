package dev.drydock.console;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.drydock.ClockedInbox;
import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.config.Agents;
import dev.drydock.connect.SlackMessage;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Actor;
import dev.drydock.journal.AuditLog.Via;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.Feedback;
import dev.drydock.journal.Feedback.Source;
import dev.drydock.journal.Feedback.Verdict;
import dev.drydock.journal.JournalQueries;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Slack sends, as its documentation shows it, and what others send. */
@QuarkusTest
class SlackTest {

    private static final String JSON = "application/json";
    /** {@code drydock.slack.signing-secret} of the tests, which stands in the documentation. */
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

    private static final String FORM = "application/x-www-form-urlencoded";

    @Inject
    AgentRunner runner;

    @Inject
    Agents agents;

    @Inject
    JournalQueries journal;

    @Inject
    AuditLog audit;

    @Inject
    MovableClock clock;

    @Inject
    ClockedInbox inbox;

    @Test
    void signs_as_its_documentation_says() {
        var body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

        assertThat(SlackSignature.hmac(SECRET, "v0:1531420618:" + body))
                .isEqualTo("a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }

    @Test
    void asks_whether_the_address_is_ours() {
        send(JSON, """
                {"token": "Jhj5dZrVaK7ZwHHjRyZWjbDl", "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
                 "type": "url_verification"}""").statusCode(200).body("challenge", is("3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"));
    }

    @ParameterizedTest
    @CsvSource({"thumbsup, UP", "+1::skin-tone-3, UP", "x, DOWN", "eyes,"})
    void tells_of_reactions_to_what_was_delivered(String reaction, @Nullable Verdict verdict) {
        var entry = delivered("14641961" + Math.floorMod(reaction.hashCode(), 100) + ".000002");
        var event = reaction(reaction, entry);

        send(JSON, event).statusCode(200);
        clock.advance(Duration.ofSeconds(1)); // it was sent again, signed anew
        send(JSON, event).statusCode(200);

        assertThat(feedbackOf(entry))
                .extracting(Feedback::verdict)
                .isEqualTo(verdict == null ? List.of() : List.of(verdict));
        assertThat(feedbackOf(entry))
                .allSatisfy(given -> assertThat(given.source()).isEqualTo(Source.SLACK));
    }

    @Test
    void counts_a_reaction_once_for_each_person() {
        var entry = delivered("1464196300.000002");
        var event = reaction("thumbsup", entry);

        send(JSON, event).statusCode(200);
        send(JSON, event.replace("\"thumbsup\"", "\"white_check_mark\"")).statusCode(200); // of the same kind
        send(JSON, event.replace("U123ABC456", "U999ABC456")).statusCode(200);

        assertThat(feedbackOf(entry))
                .extracting(Feedback::verdict, Feedback::givenBy)
                .containsExactlyInAnyOrder(tuple(Verdict.UP, "U123ABC456"), tuple(Verdict.UP, "U999ABC456"));
    }

    @Test
    void is_not_whoever_forges_repeats_or_comes_late() {
        var entry = delivered("1464196200.000002");
        var event = reaction("x", entry);
        var now = clock.instant().getEpochSecond();

        post(JSON, event, now, "v0=" + SlackSignature.hmac("another secret", "v0:" + now + ":" + event))
                .statusCode(401);
        post(JSON, event, now, null).statusCode(401);
        post(JSON, event, now - 310, signature(event, now - 310)).statusCode(401);
        post(JSON, event, now + 310, signature(event, now + 310)).statusCode(401);
        given().get("/slack").then().statusCode(405);
        assertThat(feedbackOf(entry)).isEmpty();

        var another = event.replace("\"x\"", "\"eyes\"");
        post(JSON, another, now, signature(another, now)).statusCode(200);
        post(JSON, another, now, signature(another, now)).statusCode(401);
    }

    @Test
    void corrects_by_a_command() throws IOException {
        var message = "%s.txt".formatted(UUID.randomUUID());
        inbox.put(message, "The export of the report shows an error.");
        runner.run(agents.named("triage").orElseThrow());
        var entry = journal.entries("triage", EntryState.SHADOWED, 100).stream()
                .filter(one -> one.itemId().contains(message))
                .findFirst()
                .orElseThrow();

        command(entry.id() + " BILING")
                .statusCode(200)
                .body("response_type", is("ephemeral"))
                .body("text", containsString("No value of the decision is called \"BILING\""));
        command("nonsense").statusCode(200).body("text", containsString("Write: /correct LINK VALUES"));
        assertThat(feedbackOf(entry)).isEmpty();
        command(entry.id() + " BILLING, LATER").statusCode(200).body("text", containsString("It is recorded"));

        assertThat(feedbackOf(entry)).singleElement().satisfies(feedback -> {
            assertThat(feedback.source()).isEqualTo(Source.SLACK);
            assertThat(feedback.correctLabel()).isEqualTo("BILLING");
        });
    }

    @Test
    void finds_a_message_by_its_link() {
        assertThat(SlackMessage.ofLink("https://acme.slack.com/archives/C123ABC456/p1464196127000002?thread_ts=1"))
                .contains(new SlackMessage("C123ABC456", "1464196127.000002"));
    }

    @Test
    void approves_and_rejects_by_buttons_and_says_who_did() {
        var notes = new NoteAgent("a", "b");
        runner.run(notes.in(Mode.REVIEW));
        var held = journal.entries(notes.spec().name(), EntryState.HELD, 10);

        button("drydock_approve", held.get(0)).statusCode(200);
        button("drydock_reject", held.get(1)).statusCode(200);

        assertThat(journal.entry(held.get(0).id()).orElseThrow().state()).isEqualTo(EntryState.PENDING);
        assertThat(journal.entry(held.get(1).id()).orElseThrow().state()).isEqualTo(EntryState.REJECTED);
        assertThat(held)
                .allSatisfy(entry -> assertThat(audit.ofEntry(entry.id()))
                        .extracting(AuditLog.Event::actor)
                        .containsExactly(new Actor("jtorrance", Via.SLACK)));
    }

    /** An entry whose output stands in Slack. */
    private Entry delivered(String ts) {
        var notes = new NoteAgent("a");
        notes.deliver = note -> new SlackMessage("C123ABC456", ts).receipt();
        runner.run(notes.in(Mode.LIVE));
        return journal.entries(notes.spec().name(), EntryState.DELIVERED, 1).get(0);
    }

    /** https://docs.slack.dev/reference/events/reaction_added */
    private String reaction(String name, Entry entry) {
        var ts = String.valueOf(journal.deliveriesOf(entry.id()).get(0).receipt())
                .split(" ", -1)[3];
        return """
                {"token": "z26uFbvR1xHJEdHE1OQiO6t8", "team_id": "T123ABC456", "api_app_id": "A123ABC456",
                 "event": {"type": "reaction_added", "user": "U123ABC456", "reaction": "%s", "item_user": "U222222222",
                  "item": {"type": "message", "channel": "C123ABC456", "ts": "%s"}, "event_ts": "1465244570.336841"},
                 "type": "event_callback", "event_id": "Ev123ABC456", "event_time": 1234567890}""".formatted(name, ts);
    }

    /** https://docs.slack.dev/interactivity/implementing-slash-commands */
    private ValidatableResponse command(String text) {
        return send(
                FORM,
                "token=gIkuvaNzQIHg97ATvDxqgjtO&team_id=T0001&team_domain=example&channel_id=C2147483705"
                        + "&channel_name=test&user_id=U2147483697&user_name=Steve&command=%2Fcorrect&text="
                        + URLEncoder.encode(text, UTF_8)
                        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2F1234%2F5678"
                        + "&trigger_id=13345224609.738474920.8088930838d88f008e0&api_app_id=A123456");
    }

    /** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
    private ValidatableResponse button(String action, Entry entry) {
        return send(FORM, "payload=" + URLEncoder.encode("""
                {"type": "block_actions", "team": {"id": "T9TK3CUKW", "domain": "example"},
                 "user": {"id": "UA8RXUSPL", "username": "jtorrance", "team_id": "T9TK3CUKW"},
                 "api_app_id": "AABA1ABCD", "token": "9s8d9as89d8as9d8as989",
                 "container": {"type": "message", "message_ts": "1548261231.000200", "channel_id": "CBR2V3XEX"},
                 "trigger_id": "12321423423.333649436676.d8c1bb837935619ccad0f624c448ffb3",
                 "channel": {"id": "CBR2V3XEX", "name": "review-updates"},
                 "response_url": "https://hooks.slack.com/actions/AABA1ABCD/1232321423432/D09sSasdasdAS9091209",
                 "actions": [{"action_id": "%s", "block_id": "=qXel", "value": "%s", "type": "button",
                  "text": {"type": "plain_text", "text": "View", "emoji": true}, "action_ts": "1548426417.840180"}]}""".formatted(action, entry.id()), UTF_8));
    }

    private ValidatableResponse send(String type, String body) {
        var now = clock.instant().getEpochSecond();
        return post(type, body, now, signature(body, now));
    }

    private static String signature(String body, long timestamp) {
        return "v0=" + SlackSignature.hmac(SECRET, "v0:" + timestamp + ":" + body);
    }

    private static ValidatableResponse post(String type, String body, long timestamp, @Nullable String signature) {
        var request = given().contentType(type)
                .header("X-Slack-Request-Timestamp", timestamp)
                .body(body);
        return (signature == null ? request : request.header("X-Slack-Signature", signature))
                .post("/slack")
                .then();
    }

    private List<Feedback> feedbackOf(Entry entry) {
        return journal.feedbackOf(entry.id());
    }
}
