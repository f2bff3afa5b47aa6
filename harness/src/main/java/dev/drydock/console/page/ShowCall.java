package dev.drydock.console.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.journal.Json;
import dev.drydock.journal.ModelCall;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A call of a model, for people.
 *
 * @param messages what was asked, in its order
 * @param answer null if there is none
 * @param omitted whether request and response are too large to be shown here
 */
record ShowCall(
        ModelCall call, List<Message> messages, @Nullable String answer, boolean omitted) {

    /** A part of a conversation. */
    record Message(String role, String text) {}

    static ShowCall of(ModelCall call, Json json) {
        var request = json.tree(call.request());
        var messages = StreamSupport.stream(request.path("messages").spliterator(), false)
                .map(message -> new Message(role(message), text(message)))
                .toList();
        return new ShowCall(
                call,
                messages,
                call.response() == null ? null : text(json.tree(call.response()).path("message")),
                request.path("omitted").asBoolean());
    }

    /** Null if the price of one is not known. */
    static @Nullable BigDecimal cost(List<ModelCall> calls) {
        var sum = BigDecimal.ZERO;
        for (var call : calls) {
            if (call.costUsd() == null) {
                return null;
            }
            sum = sum.add(call.costUsd());
        }
        return sum;
    }

    public String model() {
        return call.route().answered() == null
                ? call.route().asked()
                : call.route().answered();
    }

    /** All messages in one text, for the clipboard. */
    public String prompt() {
        return messages.stream()
                .map(message -> message.role() + ":\n" + message.text())
                .collect(Collectors.joining("\n\n"));
    }

    private static String role(JsonNode message) {
        return switch (message.path("type").asText()) {
            case "SYSTEM" -> "system";
            case "AI" -> "model";
            case "TOOL_EXECUTION_RESULT" -> "tool " + message.path("toolName").asText();
            default -> "user";
        };
    }

    private static String text(JsonNode message) {
        var parts = new ArrayList<String>();
        if (message.path("text").isTextual()) {
            parts.add(message.path("text").asText());
        }
        message.path("contents")
                .forEach(content -> parts.add(content.path("text").asText()));
        message.path("toolExecutionRequests")
                .forEach(tool -> parts.add("%s(%s)"
                        .formatted(
                                tool.path("name").asText(),
                                tool.path("arguments").asText())));
        return String.join("\n", parts);
    }
}
