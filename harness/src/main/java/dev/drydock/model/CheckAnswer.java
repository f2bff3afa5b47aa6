package dev.drydock.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.drydock.model.UnusableAnswerException.Reason;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells whether an answer is the JSON that was asked for; if not, what is wrong with it, in words for the model. */
@Singleton
class CheckAnswer {

    /** A reason for machines and a sentence for the model. */
    record Fault(Reason reason, String what) {}

    /** Three backquotes, perhaps the name of a language, and what is between. */
    private static final Pattern FENCE = Pattern.compile("^\\s*```\\w*\\s*\\n?(.*?)\\n?\\s*```\\s*$", Pattern.DOTALL);

    private static final int MOST_FAULTS = 5;

    private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final Map<String, JsonSchema> known = new ConcurrentHashMap<>();
    private final ObjectMapper mapper;

    CheckAnswer(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Empty if nothing is wrong, or if no schema says what would be. */
    Optional<Fault> check(ChatRequest request, ChatResponse response) {
        var answer = response.aiMessage();
        var format = request.responseFormat();
        if (answer.hasToolExecutionRequests() || format == null || format.jsonSchema() == null) {
            return Optional.empty();
        }
        if (response.finishReason() == FinishReason.CONTENT_FILTER) {
            return Optional.of(new Fault(Reason.REFUSED, "the answer was held back by a content filter"));
        }
        var text = answer.text() == null ? "" : answer.text();
        if (FENCE.matcher(text).matches()) {
            return Optional.of(new Fault(Reason.FENCED, "the JSON stands in a Markdown code fence"));
        }
        var schema = JsonSchemaElementUtils.toMap(format.jsonSchema().rootElement());
        return check(schema, text)
                .map(fault -> response.finishReason() == FinishReason.LENGTH
                        ? new Fault(
                                Reason.CUT_OFF,
                                "the answer was cut off, because it was too long; answer in fewer words")
                        : fault);
    }

    /** What stands inside of a fence, if that is what was asked for. */
    Optional<String> unfenced(ChatRequest request, ChatResponse response) {
        var inside = FENCE.matcher(String.valueOf(response.aiMessage().text()));
        if (!inside.matches()) {
            return Optional.empty();
        }
        var schema = JsonSchemaElementUtils.toMap(
                request.responseFormat().jsonSchema().rootElement());
        return Optional.of(inside.group(1)).filter(text -> check(schema, text).isEmpty());
    }

    private Optional<Fault> check(Map<String, Object> schema, String text) {
        JsonNode tree;
        try {
            tree = mapper.readTree(text);
        } catch (JsonProcessingException e) {
            return Optional.of(new Fault(Reason.NO_JSON, "the answer is no JSON"));
        }
        if (tree == null || tree.isMissingNode()) {
            return Optional.of(new Fault(Reason.NO_JSON, "the answer is empty"));
        }
        var node = mapper.<JsonNode>valueToTree(schema);
        var faults = known.computeIfAbsent(node.toString(), key -> schemas.getSchema(node))
                .validate(tree);
        return faults.stream()
                .findFirst()
                .map(first -> new Fault(
                        reason(first),
                        faults.stream()
                                .limit(MOST_FAULTS)
                                .map(ValidationMessage::getMessage)
                                .collect(Collectors.joining("; "))));
    }

    private static Reason reason(ValidationMessage fault) {
        return switch (fault.getType()) {
            case "required" -> Reason.FIELD_MISSING;
            case "enum", "const" -> Reason.UNKNOWN_VALUE;
            default -> Reason.WRONG_SHAPE;
        };
    }
}
