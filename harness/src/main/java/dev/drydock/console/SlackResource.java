package dev.drydock.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.connect.SlackMessage;
import dev.drydock.journal.AuditLog.Actor;
import dev.drydock.journal.AuditLog.Via;
import dev.drydock.journal.Feedback.Verdict;
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
    private final SlackFeedback slack;
    private final ObjectMapper json;

    SlackResource(SlackSignature signature, SlackFeedback slack, ObjectMapper json) {
        this.signature = signature;
        this.slack = slack;
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
        return payload == null ? command(form) : actions(json.readTree(payload));
    }

    /** https://docs.slack.dev/reference/events/reaction_added */
    private Response event(JsonNode envelope) {
        if (envelope.path("type").asText().equals("url_verification")) {
            return Response.ok(Map.of("challenge", envelope.path("challenge").asText()), MediaType.APPLICATION_JSON)
                    .build();
        }
        var event = envelope.path("event");
        var item = event.path("item");
        if (event.path("type").asText().equals("reaction_added")
                && item.path("type").asText().equals("message")) {
            var message = new SlackMessage(
                    item.path("channel").asText(), item.path("ts").asText());
            var user = event.path("user").asText();
            verdict(event.path("reaction").asText())
                    .ifPresent(verdict -> slack.react(message, verdict, actor(user, user)));
        }
        return Response.ok().build();
    }

    private static Optional<Verdict> verdict(String reaction) {
        var plain = reaction.replaceFirst("::skin-tone-\\d$", "");
        return RIGHT.contains(plain)
                ? Optional.of(Verdict.UP)
                : WRONG.contains(plain) ? Optional.of(Verdict.DOWN) : Optional.empty();
    }

    /** https://docs.slack.dev/interactivity/implementing-slash-commands */
    private Response command(Map<String, String> form) {
        var text = form.getOrDefault("text", "").strip();
        return say(slack.correct(text, actor(form.get("user_name"), form.get("user_id"))));
    }

    /** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
    private Response actions(JsonNode payload) {
        var user = payload.path("user");
        var actor = actor(user.path("username").textValue(), user.path("id").textValue());
        for (var action : payload.path("actions")) {
            var name = action.path("action_id").asText();
            if (name.equals(ReviewBlocks.APPROVE) || name.equals(ReviewBlocks.REJECT)) {
                slack.review(action.path("value").asText(), name.equals(ReviewBlocks.APPROVE), actor);
            }
        }
        return Response.ok().build();
    }

    private static Actor actor(@Nullable String name, @Nullable String id) {
        return new Actor(name == null ? String.valueOf(id) : name, Via.SLACK);
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
