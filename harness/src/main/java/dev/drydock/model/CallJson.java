package dev.drydock.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drydock.journal.Json;
import dev.drydock.redact.Redactor;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Requests and answers as JSON: masked, as the journal keeps them; and whole, as the door needs them. */
@Singleton
@RegisterForReflection(
        targets = {
            ChatMessage.class,
            SystemMessage.class,
            UserMessage.class,
            AiMessage.class,
            ToolExecutionResultMessage.class
        },
        // how the platform reads and writes them
        classNames = {
            "io.quarkiverse.langchain4j.QuarkusJsonCodecFactory$ChatMessageMixin",
            "io.quarkiverse.langchain4j.QuarkusJsonCodecFactory$SystemMessageMixin",
            "io.quarkiverse.langchain4j.QuarkusJsonCodecFactory$UserMessageMixin",
            "io.quarkiverse.langchain4j.QuarkusJsonCodecFactory$AiMessageMixin",
            "io.quarkiverse.langchain4j.QuarkusJsonCodecFactory$ToolExecutionResultMessageMixin"
        })
class CallJson {

    private final Json json;
    private final Redactor redactor;

    private static final int MOST_INSTRUCTIONS = 64;

    /** Few, long, and the same in each call. */
    private final Map<JsonNode, JsonNode> maskedSchemas = new ConcurrentHashMap<>();

    /** The same of the instructions, unless an agent writes the item into them. */
    private final Map<String, JsonNode> maskedInstructions = new ConcurrentHashMap<>();

    CallJson(Json json, Redactor redactor) {
        this.json = json;
        this.redactor = redactor;
    }

    /** All that is asked, with its secrets masked. */
    String request(ModelRequest request) {
        return write(request, this::masked, redactor::record, this::masked);
    }

    String answer(ModelAnswer answer) {
        return json.write(redactor.record(json.tree(wholeAnswer(answer))));
    }

    String fault(Throwable fault) {
        return redactor.fault(fault);
    }

    /** The same for the same question to the same model. */
    String wholeRequest(ModelRequest request) {
        return write(request, this::message, UnaryOperator.identity(), UnaryOperator.identity());
    }

    private String write(
            ModelRequest request,
            Function<ChatMessage, JsonNode> message,
            UnaryOperator<JsonNode> text,
            UnaryOperator<JsonNode> schema) {
        var chat = request.chat();
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("model", request.chosen().name());
        fields.put("temperature", chat.temperature());
        fields.put("maxOutputTokens", request.chosen().outputTokens());
        fields.put("messages", chat.messages().stream().map(message).toList());
        if (request.schema() != null) {
            fields.put(
                    "schema",
                    schema.apply(request.schema().json(request.dialect().bounds())));
        }
        var tools = chat.toolSpecifications();
        if (tools != null && !tools.isEmpty()) {
            fields.put(
                    "tools",
                    tools.stream()
                            .map(tool -> text.apply(TextNode.valueOf(tool.toString())))
                            .toList());
        }
        fields.values().removeIf(value -> value == null);
        return json.write(fields);
    }

    private JsonNode masked(ChatMessage message) {
        if (!(message instanceof SystemMessage instructions)) {
            return redactor.record(message(message));
        }
        if (maskedInstructions.size() > MOST_INSTRUCTIONS) {
            maskedInstructions.clear();
        }
        return maskedInstructions.computeIfAbsent(instructions.text(), text -> redactor.record(message(instructions)));
    }

    private JsonNode masked(JsonNode schema) {
        return maskedSchemas.computeIfAbsent(schema, sent -> redactor.record((JsonNode) sent.deepCopy()));
    }

    /** The same for the same conversation, whatever its tools said. */
    String conversation(ChatRequest chat) {
        var messages = chat.messages().stream()
                .map(message -> message instanceof ToolExecutionResultMessage result
                        ? ToolExecutionResultMessage.from(result.id(), result.toolName(), "")
                        : message)
                .toList();
        var tools = Stream.ofNullable(chat.toolSpecifications()).flatMap(List::stream);
        return ChatMessageSerializer.messagesToJson(messages)
                + tools.map(ToolSpecification::toString).toList();
    }

    /** The message, and the server's usage as it was sent. */
    String wholeAnswer(ModelAnswer answer) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("message", message(answer.message()));
        fields.put("usage", answer.usage().asSent());
        fields.put("refusal", answer.refusal());
        fields.values().removeIf(value -> value == null);
        return json.write(fields);
    }

    /** With its role, which the platform leaves out in a native executable. */
    private JsonNode message(ChatMessage message) {
        var tree = (ObjectNode) json.tree(ChatMessageSerializer.messageToJson(message));
        return tree.put("type", message.type().name());
    }

    /** Reads what {@link #wholeAnswer} wrote. */
    ModelAnswer readAnswer(String text) {
        return readAnswer(json.tree(text));
    }

    private static ModelAnswer readAnswer(JsonNode answer) {
        var message = answer.path("message").toString();
        return ModelAnswer.cached((AiMessage) ChatMessageDeserializer.messageFromJson(message));
    }

    /** Reads a response of the journal, with all that decides whether it can be used. */
    ModelAnswer readResponse(String text, @Nullable String finishReason) {
        var response = json.tree(text);
        return readAnswer(response)
                .recorded(
                        finishReason == null ? null : finishReason(finishReason),
                        Usage.read(response.path("usage")),
                        response.path("refusal").textValue());
    }

    /** OTHER if only a newer release knows it. */
    private static FinishReason finishReason(String name) {
        return Arrays.stream(FinishReason.values())
                .filter(reason -> reason.name().equals(name))
                .findFirst()
                .orElse(FinishReason.OTHER);
    }
}
