package dev.drydock.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.config.ModelFacts.AnswerFormat;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of a request for a chat completion, as the model's dialect has it.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">the protocol</a>
 */
final class RequestBody {

    private final ObjectMapper mapper;
    private final double temperature;

    RequestBody(ObjectMapper mapper, double temperature) {
        this.mapper = mapper;
        this.temperature = temperature;
    }

    ObjectNode of(ModelRequest request) {
        var chat = request.chat();
        var dialect = request.dialect();
        var body = mapper.createObjectNode().put("model", request.chosen().name());
        writeMessages(body.putArray("messages"), request);
        body.put(
                dialect.completionTokens() ? "max_completion_tokens" : "max_tokens",
                dialect.outputTokens(request.chosen()));
        if (dialect.temperature()) {
            body.put("temperature", chat.temperature() == null ? temperature : chat.temperature());
        }
        if (request.chosen().effort() != null) {
            body.put("reasoning_effort", request.chosen().effort());
        }
        put(body, "top_p", chat.topP());
        put(body, "frequency_penalty", chat.frequencyPenalty());
        put(body, "presence_penalty", chat.presencePenalty());
        if (chat.stopSequences() != null && !chat.stopSequences().isEmpty()) {
            body.set("stop", mapper.valueToTree(chat.stopSequences()));
        }
        writeTools(body, request);
        writeFormat(body, request);
        return body;
    }

    private static void put(ObjectNode body, String name, @Nullable Double value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private void writeFormat(ObjectNode body, ModelRequest request) {
        var schema = request.schema();
        var format = request.dialect().format();
        if (schema != null && format == AnswerFormat.JSON_SCHEMA) {
            var described =
                    body.putObject("response_format").put("type", "json_schema").putObject("json_schema");
            described.put("name", schema.name()).put("strict", true);
            described.set("schema", schema.json(request.dialect().bounds()));
        } else if (format != AnswerFormat.PROMPT && (schema != null || asksForJson(request))) {
            body.putObject("response_format").put("type", "json_object");
        }
    }

    private static boolean asksForJson(ModelRequest request) {
        var format = request.chat().responseFormat();
        return format != null && format.type() == ResponseFormatType.JSON;
    }

    private void writeTools(ObjectNode body, ModelRequest request) {
        var tools = request.chat().toolSpecifications();
        if (tools == null || tools.isEmpty()) {
            return;
        }
        var array = body.putArray("tools");
        tools.forEach(tool -> array.add(tool(tool)));
        if (request.chat().toolChoice() != null) {
            body.put("tool_choice", request.chat().toolChoice().name().toLowerCase(Locale.ROOT));
        }
    }

    private ObjectNode tool(ToolSpecification tool) {
        var described = mapper.createObjectNode().put("type", "function");
        var function = described.putObject("function").put("name", tool.name());
        if (tool.description() != null) {
            function.put("description", tool.description());
        }
        if (tool.parameters() == null) {
            function.putObject("parameters").put("type", "object").putObject("properties");
        } else {
            function.set("parameters", mapper.valueToTree(JsonSchemaElementUtils.toMap(tool.parameters())));
        }
        return described;
    }

    /** A server that takes no schema gets it in the prompt: at the end of the instructions, or before the first message. */
    private void writeMessages(ArrayNode array, ModelRequest request) {
        request.chat().messages().forEach(message -> array.add(message(message)));
        var schema = request.schema();
        if (schema == null || request.dialect().format() == AnswerFormat.JSON_SCHEMA) {
            return;
        }
        var order = "Answer with nothing but one JSON object that follows this JSON schema:\n" + schema.printed();
        if (array.path(0).path("role").asText().equals("system")) {
            var system = (ObjectNode) array.get(0);
            system.put("content", system.path("content").asText() + "\n\n" + order);
        } else {
            array.insertObject(0).put("role", "system").put("content", order);
        }
    }

    private ObjectNode message(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return turn("system").put("content", system.text());
        }
        if (message instanceof ToolExecutionResultMessage result) {
            return turn("tool").put("tool_call_id", result.id()).put("content", result.text());
        }
        if (message instanceof AiMessage answer) {
            return assistant(answer);
        }
        if (message instanceof UserMessage user) {
            return user(user);
        }
        return mapper.valueToTree(((CustomMessage) message).attributes());
    }

    private ObjectNode turn(String role) {
        return mapper.createObjectNode().put("role", role);
    }

    private ObjectNode assistant(AiMessage answer) {
        var turn = turn("assistant").put("content", answer.text());
        if (answer.hasToolExecutionRequests()) {
            var calls = turn.putArray("tool_calls");
            answer.toolExecutionRequests()
                    .forEach(call -> calls.addObject()
                            .put("id", call.id())
                            .put("type", "function")
                            .putObject("function")
                            .put("name", call.name())
                            .put("arguments", call.arguments() == null ? "{}" : call.arguments()));
        }
        return turn;
    }

    private ObjectNode user(UserMessage user) {
        var turn = turn("user");
        if (user.name() != null) {
            turn.put("name", user.name());
        }
        if (user.hasSingleText()) {
            return turn.put("content", user.singleText());
        }
        var parts = turn.putArray("content");
        user.contents().forEach(content -> parts.add(part(content)));
        return turn;
    }

    private JsonNode part(Content content) {
        if (content instanceof TextContent text) {
            return mapper.createObjectNode().put("type", "text").put("text", text.text());
        }
        if (content instanceof ImageContent image) {
            var part = mapper.createObjectNode().put("type", "image_url");
            part.putObject("image_url")
                    .put("url", url(image.image()))
                    .put("detail", image.detailLevel().name().toLowerCase(Locale.ROOT));
            return part;
        }
        throw new UnsupportedFeatureException("a message may hold text and images, not " + content.type());
    }

    private static String url(Image image) {
        return image.url() != null
                ? image.url().toString()
                : "data:%s;base64,%s".formatted(image.mimeType(), image.base64Data());
    }
}
