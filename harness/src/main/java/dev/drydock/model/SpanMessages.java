package dev.drydock.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.journal.Json;
import dev.drydock.trace.GenAi;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.opentelemetry.api.trace.Span;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prompts and answers as spans carry them: redacted, in the shape of the conventions and in the older ones. */
@Singleton
class SpanMessages {

    /** A message in the shape of the conventions, and as one text. */
    private record Shape(String role, List<Map<String, Object>> parts, String text) {}

    private final Json json;
    private final SpanContent content;

    SpanMessages(Json json, SpanContent content) {
        this.json = json;
        this.content = content;
    }

    void input(Span span, List<ChatMessage> messages) {
        var shapes = messages.stream().map(this::shape).toList();
        for (int at = 0; at < shapes.size(); at++) {
            span.setAttribute(GenAi.prompt(at, "role"), shapes.get(at).role());
            span.setAttribute(GenAi.prompt(at, "content"), shapes.get(at).text());
        }
        var all = list(shapes);
        span.setAttribute(GenAi.INPUT_MESSAGES, all);
        span.setAttribute(GenAi.LANGFUSE_INPUT, all);
    }

    void output(Span span, AiMessage message) {
        var shape = shape(message);
        span.setAttribute(GenAi.completion(0, "role"), shape.role());
        span.setAttribute(GenAi.completion(0, "content"), shape.text());
        var all = list(List.of(shape));
        span.setAttribute(GenAi.OUTPUT_MESSAGES, all);
        span.setAttribute(GenAi.LANGFUSE_OUTPUT, all);
    }

    /** In the words of the conventions: {@code stop}, {@code length}, {@code tool_call}, {@code content_filter}. */
    static String finishReason(String name) {
        return name.equals("TOOL_EXECUTION") ? "tool_call" : name.toLowerCase(Locale.ROOT);
    }

    private String list(List<Shape> shapes) {
        return json.write(shapes.stream()
                .map(shape -> Map.of("role", shape.role(), "parts", shape.parts()))
                .toList());
    }

    private Shape shape(ChatMessage message) {
        if (message instanceof ToolExecutionResultMessage result) {
            var text = content.text(result.text());
            var part = Map.<String, Object>of(
                    "type", "tool_call_response", "id", String.valueOf(result.id()), "response", text);
            return new Shape("tool", List.of(part), text);
        }
        if (message instanceof AiMessage answer) {
            return answer(answer);
        }
        var role = message.type() == ChatMessageType.SYSTEM ? "system" : "user";
        var text = content.text(text(message));
        return new Shape(role, List.of(Map.of("type", "text", "content", text)), text);
    }

    private Shape answer(AiMessage answer) {
        var text = answer.text() == null ? "" : content.text(answer.text());
        var parts = new ArrayList<Map<String, Object>>();
        if (!text.isEmpty()) {
            parts.add(Map.of("type", "text", "content", text));
        }
        for (var call : answer.toolExecutionRequests()) {
            parts.add(Map.of(
                    "type",
                    "tool_call",
                    "id",
                    String.valueOf(call.id()),
                    "name",
                    call.name(),
                    "arguments",
                    arguments(call)));
        }
        return new Shape("assistant", parts, parts.size() == 1 && !text.isEmpty() ? text : json.write(parts));
    }

    private Object arguments(ToolExecutionRequest call) {
        var arguments = content.text(String.valueOf(call.arguments()));
        try {
            JsonNode tree = json.tree(arguments);
            return tree;
        } catch (RuntimeException e) {
            return arguments; // a model may write what is no JSON
        }
    }

    private String text(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return system.text();
        }
        return message instanceof UserMessage user && user.hasSingleText()
                ? user.singleText()
                : "[" + message.type() + "]";
    }
}
