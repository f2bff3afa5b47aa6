package dev.drydock.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;

/** Items and decisions as JSON that PostgreSQL accepts. Records may lose or gain components between versions. */
@Singleton
public class Json {

    private final ObjectMapper mapper;

    Json(ObjectMapper mapper) {
        this.mapper = mapper.copy()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .registerModule(new SimpleModule().addSerializer(String.class, new StorableText()));
    }

    /** Fails with {@link UncheckedIOException} for what Jackson cannot write: a value that contains itself, say. */
    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(
                    "Cannot store %s as JSON: %s".formatted(value.getClass().getName(), e.getOriginalMessage()), e);
        }
    }

    /** Fails with {@link UncheckedIOException} if the stored JSON does not match the record. */
    public <T> T read(String json, Class<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(
                    "the stored JSON does not match %s: %s".formatted(type.getName(), e.getOriginalMessage()), e);
        }
    }

    public JsonNode tree(String json) {
        return read(json, JsonNode.class);
    }

    /** Text as PostgreSQL can hold it: without NUL and without halves of surrogate pairs. */
    static String storable(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == 0 || Character.isSurrogate(text.charAt(at))) {
                return replaceUnstorable(text);
            }
        }
        return text;
    }

    private static String replaceUnstorable(String text) {
        var result = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                        ? '\uFFFD'
                        : point)
                .forEach(result::appendCodePoint);
        return result.toString();
    }

    private static final class StorableText extends StdSerializer<String> {

        @Serial
        private static final long serialVersionUID = 1;

        StorableText() {
            super(String.class);
        }

        @Override
        public void serialize(String value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(storable(value));
        }
    }
}
