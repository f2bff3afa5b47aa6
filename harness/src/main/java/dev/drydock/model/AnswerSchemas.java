package dev.drydock.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import io.quarkiverse.langchain4j.runtime.AiServicesRecorder;
import jakarta.inject.Singleton;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The schemas of answers, each prepared once. */
@Singleton
class AnswerSchemas {

    private final JsonSchemaFactory validators = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final Map<JsonSchema, AnswerSchema> known = new ConcurrentHashMap<>();
    private final Map<Class<?>, AnswerSchema> ofRecords = new ConcurrentHashMap<>();
    private final ObjectMapper mapper;
    private @Nullable Map<JsonSchema, Type> types;

    AnswerSchemas(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Null where the request asks for free text. */
    @Nullable
    AnswerSchema of(ChatRequest request) {
        var format = request.responseFormat();
        return format == null || format.jsonSchema() == null
                ? null
                : known.computeIfAbsent(format.jsonSchema(), this::prepare);
    }

    /** Of a record, whether a model is asked for it or not. */
    AnswerSchema of(Class<?> type) {
        return ofRecords.computeIfAbsent(
                type,
                record -> prepare(
                        record.getSimpleName(),
                        JsonSchemaElementUtils.jsonSchemaElementFrom(
                                record, record, null, false, new LinkedHashMap<>()),
                        record));
    }

    private AnswerSchema prepare(JsonSchema schema) {
        return prepare(schema.name(), schema.rootElement(), types().get(schema));
    }

    private AnswerSchema prepare(@Nullable String name, JsonSchemaElement root, @Nullable Type type) {
        ObjectNode tree = mapper.valueToTree(JsonSchemaElementUtils.toMap(root));
        var rules = new SchemaRules(mapper).of(tree, type);
        return new AnswerSchema(
                name == null ? "answer" : name.replaceAll("[^A-Za-z0-9_-]", "_"),
                rules,
                validators.getSchema(rules.checked()));
    }

    /** The platform forgets which record a schema was made from; its description of the AI services tells. */
    private synchronized Map<JsonSchema, Type> types() {
        if (types == null) {
            var found = new HashMap<JsonSchema, Type>();
            for (var service : AiServicesRecorder.getMetadata().values()) {
                for (var method : service.methodMap().values()) {
                    method.getResponseSchemaInfo()
                            .structuredOutputSchema()
                            .ifPresent(schema -> found.put(schema, method.getReturnType()));
                }
            }
            types = found;
        }
        return types;
    }
}
