package dev.drydock.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.agent.Mode;
import dev.drydock.config.Agents;
import dev.drydock.config.DrydockConfig;
import dev.drydock.connect.SlackChannel;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.Entry;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Json;
import dev.drydock.journal.ReviewQueue.Waiting;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a message in Slack says of reviews, in the Block Kit. https://docs.slack.dev/reference/block-kit/blocks */
@Singleton
class ReviewBlocks {

    static final String APPROVE = "drydock_approve";
    static final String REJECT = "drydock_reject";

    /** Slack wants an id; a click on a link needs no answer. */
    private static final String OPEN = "drydock_open";

    private static final int LONGEST_TITLE = 200;

    private final Json json;
    private final Agents agents;
    private final JournalQueries journal;
    private final AuditLog audit;

    /** Where people reach the pages; without it, messages have no links. */
    private final Optional<URI> pages;

    ReviewBlocks(Json json, Agents agents, JournalQueries journal, AuditLog audit, DrydockConfig config) {
        this.json = json;
        this.agents = agents;
        this.journal = journal;
        this.audit = audit;
        this.pages = config.publicUrl();
    }

    /** Asks about one entry. One that cannot be approved by a click can only be rejected or opened. */
    ObjectNode ask(Waiting entry) {
        var title = title(entry.agent(), entry.label(), entry.itemId());
        var message = JsonNodeFactory.instance.objectNode().put("text", escape(title) + " waits for a review");
        var blocks = message.putArray("blocks");
        var decision = entry.decision();
        section(
                blocks,
                "*%s*\n%s"
                        .formatted(
                                escape(title), decision == null ? "" : escape(ReadableJson.line(json.tree(decision)))));
        context(
                blocks,
                "If you approve: "
                        + escape(Approval.sentence(
                                entry.reason(), entry.calls(), entry.why(), isShadow(entry.agent()), json)));
        var buttons = JsonNodeFactory.instance.arrayNode();
        if (Approval.isPossible(entry.reason(), entry.calls())) {
            button(buttons, APPROVE, "Approve")
                    .put("style", "primary")
                    .put("value", entry.id().toString());
        }
        button(buttons, REJECT, "Reject")
                .put("style", "danger")
                .put("value", entry.id().toString());
        link(buttons, "/entries/" + entry.id());
        actions(blocks, buttons);
        return message;
    }

    /** Takes the place of the question: who answered it and how, and no buttons. Empty if there is no such entry any more. */
    Optional<ObjectNode> answered(UUID id) {
        return journal.entry(id).map(this::answered);
    }

    private ObjectNode answered(Entry entry) {
        var answer = audit.lastMove(entry.id())
                .map(event ->
                        "%s %s".formatted(event.actor().name(), event.action().words()))
                .orElse("It is %s, and no longer waits".formatted(entry.state()));
        var title = title(entry.agent(), entry.label(), entry.itemId());
        var message = JsonNodeFactory.instance.objectNode().put("text", escape(title + ": " + answer));
        section(message.putArray("blocks"), "*%s*\n%s.".formatted(escape(title), escape(answer)));
        return message;
    }

    /** Counts what has no message of its own. */
    ObjectNode others(int count) {
        var text = count == 0 ? "Everything else is reviewed." : "%d more wait for a review.".formatted(count);
        var message = JsonNodeFactory.instance.objectNode().put("text", text);
        var blocks = message.putArray("blocks");
        section(blocks, text);
        var buttons = JsonNodeFactory.instance.arrayNode();
        link(buttons, "/review");
        if (!buttons.isEmpty()) {
            actions(blocks, buttons);
        }
        return message;
    }

    private boolean isShadow(String agent) {
        return agents.named(agent)
                .filter(found -> found.settings().mode() == Mode.SHADOW)
                .isPresent();
    }

    /** {@code triage: BILLING for 041.eml}, cut to what Slack takes. */
    private static String title(String agent, @Nullable String label, String itemId) {
        var title = "%s: %s%s".formatted(agent, label == null ? "" : label + " for ", itemId);
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE) + "…";
    }

    private void link(ArrayNode buttons, String path) {
        pages.ifPresent(base ->
                button(buttons, OPEN, "Open").put("url", base.toString().replaceFirst("/+$", "") + path));
    }

    private static ObjectNode button(ArrayNode buttons, String action, String text) {
        var button = buttons.addObject().put("type", "button").put("action_id", action);
        button.putObject("text").put("type", "plain_text").put("text", text);
        return button;
    }

    private static void actions(ArrayNode blocks, ArrayNode buttons) {
        blocks.addObject().put("type", "actions").set("elements", buttons);
    }

    private static void section(ArrayNode blocks, String text) {
        var section = blocks.addObject().put("type", "section");
        section.putObject("text").put("type", "mrkdwn").put("text", text);
    }

    private static void context(ArrayNode blocks, String text) {
        var context = blocks.addObject().put("type", "context");
        context.putArray("elements").addObject().put("type", "mrkdwn").put("text", text);
    }

    private static String escape(String text) {
        return SlackChannel.escape(text);
    }
}
