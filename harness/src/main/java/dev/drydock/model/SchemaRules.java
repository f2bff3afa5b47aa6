package dev.drydock.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a schema strict. Components of a record are required and not null, unless they are {@code @Nullable} or {@code
 * Optional}. Texts and lists are bounded: by {@code @Size(max)}, else by a default.
 */
final class SchemaRules {

    /** For a text without {@code @Size}, in characters. */
    static final int LONGEST_TEXT = 500;

    /** For a list without {@code @Size}. */
    static final int LONGEST_LIST = 100;

    /**
     * The forms of a schema.
     *
     * @param sent strict, with bounds
     * @param unbounded strict, for servers that do not take bounds
     * @param checked what an answer must follow: it may leave out what may be null, and hold more than was asked for
     */
    record Forms(ObjectNode sent, ObjectNode unbounded, ObjectNode checked) {}

    private final ObjectMapper mapper;

    SchemaRules(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Forms of a schema.
     *
     * @param type the record that it describes; null if that is not known, so that only the schema says what is required
     */
    Forms of(ObjectNode schema, @Nullable Type type) {
        var sent = schema.deepCopy();
        apply(sent, type, null);
        var checked = sent.deepCopy();
        relax(checked);
        var unbounded = sent.deepCopy();
        removeBounds(unbounded);
        return new Forms(sent, unbounded, checked);
    }

    private void apply(ObjectNode node, @Nullable Type type, @Nullable Field field) {
        if (node.path("properties").isObject()) {
            applyToObject(node, type);
        } else if (node.path("items") instanceof ObjectNode items) {
            node.put("maxItems", size(field).orElse(LONGEST_LIST));
            apply(items, element(type), null);
        } else if (node.path("type").asText().equals("string") && !node.has("enum") && !node.has("maxLength")) {
            node.put("maxLength", size(field).orElse(LONGEST_TEXT));
        }
        for (var name : new String[] {"anyOf", "oneOf", "allOf"}) {
            node.path(name).forEach(one -> {
                if (one instanceof ObjectNode option) {
                    apply(option, null, null);
                }
            });
        }
        node.path("$defs").forEach(one -> {
            if (one instanceof ObjectNode definition) {
                apply(definition, null, null);
            }
        });
    }

    private void applyToObject(ObjectNode node, @Nullable Type type) {
        var properties = (ObjectNode) node.get("properties");
        var listed = new HashSet<String>();
        node.path("required").forEach(name -> listed.add(name.asText()));
        var required = mapper.createArrayNode();
        var names = new LinkedHashMap<String, JsonNode>();
        properties.properties().forEach(property -> names.put(property.getKey(), property.getValue()));
        names.forEach((name, property) -> {
            var field = field(type, name);
            var value = field.flatMap(found -> ofOptional(found, property)).orElse((ObjectNode) property);
            apply(value, field.map(SchemaRules::valueType).orElse(null), field.orElse(null));
            var optional = field.map(SchemaRules::isOptional).orElse(type == null && !listed.contains(name));
            properties.set(name, optional ? nullable(value) : value);
            required.add(name);
        });
        node.set("required", required);
        node.put("additionalProperties", false);
    }

    private static Optional<Field> field(@Nullable Type type, String name) {
        return rawClass(type)
                .flatMap(owner -> Stream.of(owner.getDeclaredFields())
                        .filter(field -> field.getName().equals(name))
                        .findFirst());
    }

    private static Optional<Class<?>> rawClass(@Nullable Type type) {
        if (type instanceof ParameterizedType generic) {
            var raw = (Class<?>) generic.getRawType();
            return raw.getName().equals("dev.langchain4j.service.Result")
                    ? rawClass(generic.getActualTypeArguments()[0])
                    : Optional.of(raw);
        }
        return type instanceof Class<?> found ? Optional.of(found) : Optional.empty();
    }

    /** What a list or an array holds. */
    private static @Nullable Type element(@Nullable Type type) {
        if (type instanceof ParameterizedType generic
                && Collection.class.isAssignableFrom((Class<?>) generic.getRawType())) {
            return generic.getActualTypeArguments()[0];
        }
        return type instanceof Class<?> array ? array.getComponentType() : null;
    }

    private static Type valueType(Field field) {
        return field.getType() == Optional.class && field.getGenericType() instanceof ParameterizedType optional
                ? optional.getActualTypeArguments()[0]
                : field.getGenericType();
    }

    /** The platform describes an {@code Optional} as an object; what it holds is meant. */
    private Optional<ObjectNode> ofOptional(Field field, JsonNode described) {
        if (field.getType() != Optional.class) {
            return Optional.empty();
        }
        var type = valueType(field);
        var description = described.path("description").asText(null);
        return rawClass(type)
                .map(held -> JsonSchemaElementUtils.jsonSchemaElementFrom(
                        held, type, description, false, new LinkedHashMap<>()))
                .map(element -> mapper.valueToTree(JsonSchemaElementUtils.toMap(element)));
    }

    private static boolean isOptional(Field field) {
        return field.getType().getName().startsWith("java.util.Optional")
                || Stream.of(field.getAnnotations(), field.getAnnotatedType().getAnnotations())
                        .flatMap(Stream::of)
                        .map(Annotation::annotationType)
                        .anyMatch(annotation -> annotation.getSimpleName().equals("Nullable"));
    }

    private static Optional<Integer> size(@Nullable Field field) {
        return Optional.ofNullable(field)
                .map(found -> Optional.ofNullable(found.getAnnotation(Size.class))
                        .orElseGet(() -> found.getAnnotatedType().getAnnotation(Size.class)))
                .map(Size::max)
                .filter(max -> max < Integer.MAX_VALUE);
    }

    private ObjectNode nullable(ObjectNode value) {
        if (value.path("type").isTextual()) {
            var type = value.get("type").asText(); // before it is replaced
            value.putArray("type").add(type).add("null");
            if (value.path("enum") instanceof ArrayNode values) {
                values.addNull();
            }
            return value;
        }
        var either = mapper.createObjectNode();
        either.putArray("anyOf").add(value).addObject().put("type", "null");
        return either;
    }

    private static void relax(ObjectNode node) {
        if (node.path("properties").isObject() && node.path("required") instanceof ArrayNode required) {
            for (var at = required.size() - 1; at >= 0; at--) {
                if (allowsNull(node.path("properties").path(required.get(at).asText()))) {
                    required.remove(at);
                }
            }
            node.remove("additionalProperties");
        }
        node.forEach(SchemaRules::relaxAny);
    }

    private static void relaxAny(JsonNode node) {
        if (node instanceof ObjectNode object) {
            relax(object);
        } else {
            node.forEach(SchemaRules::relaxAny);
        }
    }

    static boolean allowsNull(JsonNode property) {
        var allowed = false;
        for (var type : property.path("type")) {
            allowed |= type.asText().equals("null");
        }
        for (var option : property.path("anyOf")) {
            allowed |= option.path("type").asText().equals("null");
        }
        return allowed;
    }

    private static void removeBounds(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Stream.of("maxLength", "maxItems")
                    .filter(bound -> object.path(bound).isNumber())
                    .forEach(object::remove);
        }
        node.forEach(SchemaRules::removeBounds);
    }
}
