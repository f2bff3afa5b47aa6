package dev.drydock.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.model.ModelAnswer.NamedCost;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.output.FinishReason;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a chat completion, and takes what carries an answer: fields that are missing or of another shape are no fault. */
final class ReadAnswer {

    private static final String COST_HEADER = "x-litellm-response-cost";

    private final ObjectMapper mapper;

    ReadAnswer(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Empty if the body carries no answer. */
    Optional<ModelAnswer> read(HttpHeaders headers, byte[] body) {
        JsonNode tree;
        try {
            tree = mapper.readTree(body);
        } catch (IOException e) {
            return Optional.empty();
        }
        return tree == null ? Optional.empty() : choice(tree).map(choice -> answer(tree, choice, headers));
    }

    private static ModelAnswer answer(JsonNode tree, JsonNode choice, HttpHeaders headers) {
        var message = choice.has("message") ? choice.path("message") : choice;
        var usage = Stream.of(tree.path("usage"), tree.path("x_groq").path("usage"), choice.path("usage"))
                .filter(JsonNode::isObject)
                .findFirst()
                .map(Usage::read)
                .orElse(Usage.NONE);
        var calls = toolCalls(message);
        return new ModelAnswer(
                AiMessage.builder()
                        .text(text(message).or(() -> text(choice)).orElse(null))
                        .thinking(thinking(message))
                        .toolExecutionRequests(calls)
                        .build(),
                finish(choice, tree, calls),
                string(tree.path("id")),
                string(tree.path("model")),
                usage,
                cost(headers, tree.path("usage")),
                string(message.path("refusal")),
                headers);
    }

    /** The first choice that says something, else the first; or the body itself, where it is a message. */
    private static Optional<JsonNode> choice(JsonNode tree) {
        var choices = new ArrayList<JsonNode>();
        tree.path("choices").forEach(choices::add);
        if (tree.path("message").isObject()
                || (tree.has("content") && tree.path("role").isTextual())) {
            choices.add(tree);
        }
        return choices.stream()
                .filter(choice -> saysSomething(choice.has("message") ? choice.path("message") : choice))
                .findFirst()
                .or(() -> choices.stream().findFirst().filter(choice -> choice.isObject() && !choice.isEmpty()));
    }

    private static boolean saysSomething(JsonNode message) {
        return text(message).filter(text -> !text.isEmpty()).isPresent()
                || message.path("tool_calls").size() > 0
                || message.path("function_call").isObject()
                || message.path("refusal").isTextual();
    }

    /** Content is a text, or a list of parts; older servers name it {@code text}. */
    private static Optional<String> text(JsonNode message) {
        var content = message.path("content");
        if (content.isArray()) {
            var joined = new StringBuilder();
            for (var part : content) {
                if (part.isTextual()) {
                    joined.append(part.asText());
                } else if (!part.path("type").asText().contains("think")
                        && !part.path("type").asText().contains("reason")) {
                    joined.append(part.path("text").asText(""));
                }
            }
            return Optional.of(joined.toString());
        }
        if (content.isObject()) { // the JSON that was asked for, not put into a string
            return Optional.of(
                    content.path("text").isTextual() ? content.path("text").asText() : content.toString());
        }
        return Stream.of(content, message.path("parsed"), message.path("text"))
                .filter(node -> node.isTextual() || node.isObject())
                .map(node -> node.isTextual() ? node.asText() : node.toString())
                .findFirst();
    }

    private static @Nullable String thinking(JsonNode message) {
        return Stream.of(message.path("reasoning_content"), message.path("reasoning"), message.path("thinking"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst()
                .orElse(null);
    }

    private static List<ToolExecutionRequest> toolCalls(JsonNode message) {
        var calls = new ArrayList<ToolExecutionRequest>();
        message.path("tool_calls").forEach(call -> calls.add(toolCall(call, call.path("function"), calls.size())));
        if (calls.isEmpty() && message.path("function_call").isObject()) {
            calls.add(toolCall(message, message.path("function_call"), 0));
        }
        return calls;
    }

    private static ToolExecutionRequest toolCall(JsonNode call, JsonNode function, int at) {
        var arguments = function.path("arguments");
        return ToolExecutionRequest.builder()
                .id(call.path("id").asText("call-" + (at + 1)))
                .name(function.path("name").asText())
                .arguments(arguments.isContainerNode() ? arguments.toString() : arguments.asText("{}"))
                .build();
    }

    private static @Nullable FinishReason finish(JsonNode choice, JsonNode tree, List<ToolExecutionRequest> calls) {
        var reason = Stream.of(
                        choice.path("finish_reason"),
                        tree.path("finish_reason"),
                        tree.path("stop_reason"),
                        tree.path("done_reason"))
                .filter(JsonNode::isTextual)
                .map(node -> node.asText().toLowerCase(Locale.ROOT))
                .findFirst();
        if (reason.isEmpty()) {
            return calls.isEmpty() ? null : FinishReason.TOOL_EXECUTION;
        }
        return switch (reason.get()) {
            case "stop", "end_turn", "eos", "stop_sequence", "eos_token", "complete", "completed" -> FinishReason.STOP;
            case "length", "max_tokens", "model_length", "max_output_tokens", "model_context_window_exceeded" ->
                FinishReason.LENGTH;
            case "tool_calls", "function_call", "tool_use" -> FinishReason.TOOL_EXECUTION;
            case "content_filter",
                    "safety",
                    "prohibited_content",
                    "blocklist",
                    "refusal",
                    "spii",
                    "recitation",
                    "content_filtered" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER;
        };
    }

    private static @Nullable NamedCost cost(HttpHeaders headers, JsonNode usage) {
        return headers.firstValue(COST_HEADER)
                .flatMap(ReadAnswer::usd)
                .map(usd -> new NamedCost(usd, COST_HEADER))
                .or(() -> usd(usage.path("cost").asText("")).map(usd -> new NamedCost(usd, "usage.cost")))
                .orElse(null);
    }

    private static Optional<BigDecimal> usd(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip())).filter(usd -> usd.signum() >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String string(JsonNode node) {
        return node.isTextual() && !node.asText().isBlank() ? node.asText() : null;
    }
}
