package dev.drydock.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drydock.connect.SlackMessage;
import dev.drydock.journal.Entry;
import dev.drydock.journal.Feedback.Source;
import dev.drydock.journal.Feedback.Verdict;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.judge.InvalidFeedbackException;
import dev.drydock.judge.RecordFeedback;
import dev.drydock.judge.RecordFeedback.Given;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one address for all that Slack sends: events, the command {@code /correct}, and buttons. Slack's signature is the permission.
 * A request is answered at once; each is recorded once.
 */
@Path("/slack")
@PermitAll
@Consumes(MediaType.WILDCARD)
public final class SlackResource {

    private static final Set<String> RIGHT = Set.of("+1", "thumbsup", "white_check_mark", "heavy_check_mark");
    private static final Set<String> WRONG = Set.of("-1", "thumbsdown", "x", "no_entry");

    private final SlackSignature signature;
    private final JournalQueries journal;
    private final RecordFeedback feedback;
    private final ReviewEntries review;
    private final ObjectMapper json;

    SlackResource(
            SlackSignature signature,
            JournalQueries journal,
            RecordFeedback feedback,
            ReviewEntries review,
            ObjectMapper json) {
        this.signature = signature;
        this.journal = journal;
        this.feedback = feedback;
        this.review = review;
        this.json = json;
    }

    @POST
    public Response receive(
            String body,
            @HeaderParam("X-Slack-Request-Timestamp") @Nullable String timestamp,
            @HeaderParam("X-Slack-Signature") @Nullable String signed)
            throws JsonProcessingException {
        if (!signature.isOn()) {
            return Problem.response(Response.Status.NOT_FOUND, "Set SLACK_SIGNING_SECRET to take requests of Slack.");
        }
        if (!signature.accepts(timestamp, signed, body)) {
            return Problem.response(
                    Response.Status.UNAUTHORIZED, "The signature is not one of Slack for this request.");
        }
        if (body.startsWith("{")) {
            return event(json.readTree(body));
        }
        var form = form(body);
        var payload = form.get("payload");
        return payload == null ? say(correct(form.getOrDefault("text", "").strip())) : actions(json.readTree(payload));
    }

    /** https://docs.slack.dev/reference/events/reaction_added */
    private Response event(JsonNode envelope) {
        if (envelope.path("type").asText().equals("url_verification")) {
            return Response.ok(Map.of("challenge", envelope.path("challenge").asText()), MediaType.APPLICATION_JSON)
                    .build();
        }
        var event = envelope.path("event");
        var item = event.path("item");
        var verdict = verdict(event.path("reaction").asText());
        if (event.path("type").asText().equals("reaction_added")
                && item.path("type").asText().equals("message")
                && verdict.isPresent()) {
            entryOf(new SlackMessage(
                            item.path("channel").asText(), item.path("ts").asText()))
                    .ifPresent(entry -> record(entry, new Given(verdict.get(), null, null, null)));
        }
        return Response.ok().build();
    }

    private static Optional<Verdict> verdict(String reaction) {
        var plain = reaction.replaceFirst("::skin-tone-\\d$", "");
        return RIGHT.contains(plain)
                ? Optional.of(Verdict.UP)
                : WRONG.contains(plain) ? Optional.of(Verdict.DOWN) : Optional.empty();
    }

    /** {@code /correct LINK BILLING, TODAY}: the link of a delivered message, or the id of an entry. */
    private String correct(String text) {
        var parts = text.split("\\s+", 2);
        var entry = SlackMessage.ofLink(parts[0])
                .flatMap(this::entryOf)
                .or(() -> id(parts[0]).flatMap(journal::entry));
        if (entry.isEmpty() || parts.length < 2) {
            return "Write: /correct LINK VALUES. LINK is that of a delivered message (\"Copy link\"), or the id of an entry;"
                    + " VALUES are what would have been right, such as BILLING, TODAY.";
        }
        return record(entry.get(), new Given(Verdict.DOWN, TextNode.valueOf(parts[1]), null, null));
    }

    /** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
    private Response actions(JsonNode payload) {
        var user = payload.path("user");
        var who = "%s (%s)"
                .formatted(
                        user.path("username").asText(user.path("name").asText()),
                        user.path("id").asText());
        for (var action : payload.path("actions")) {
            var entry = id(action.path("value").asText()).flatMap(journal::entry);
            var approves = action.path("action_id").asText().equals("drydock_approve");
            if (entry.isEmpty()
                    || !(approves || action.path("action_id").asText().equals("drydock_reject"))) {
                continue;
            }
            var id = entry.get().id();
            if (approves ? review.approve(id) : review.reject(id)) {
                record(
                        entry.get(),
                        new Given(
                                approves ? Verdict.UP : Verdict.DOWN,
                                null,
                                null,
                                (approves ? "approved by " : "rejected by ") + who));
            }
        }
        return Response.ok().build();
    }

    private String record(Entry entry, Given given) {
        try {
            return feedback.record(entry, given, Source.SLACK)
                    ? "Thank you. It is recorded."
                    : "It was recorded before.";
        } catch (InvalidFeedbackException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Optional<Entry> entryOf(SlackMessage message) {
        return journal.deliveredAs(message.receipt().reference());
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Only the person who gave the command sees it. */
    private static Response say(String text) {
        return Response.ok(Map.of("response_type", "ephemeral", "text", text), MediaType.APPLICATION_JSON)
                .build();
    }

    private static Map<String, String> form(String body) {
        var fields = new HashMap<String, String>();
        Arrays.stream(body.split("&", -1))
                .map(field -> field.split("=", 2))
                .forEach(field -> fields.put(
                        URLDecoder.decode(field[0], UTF_8),
                        field.length < 2 ? "" : URLDecoder.decode(field[1], UTF_8)));
        return fields;
    }
}
