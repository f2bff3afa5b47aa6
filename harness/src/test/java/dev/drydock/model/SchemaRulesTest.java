package dev.drydock.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The strict schema of a record: what is sent to a server, and which answers follow it. */
class SchemaRulesTest {

    record Bill(
            String required,
            @Nullable String text,
            @Size(max = 9) @Nullable String bounded,
            @Nullable BigDecimal amount,
            @Nullable Kind kind,
            Optional<String> optional,
            Optional<Kind> optionalKind,
            @Nullable Part part,
            @Nullable List<String> lines) {}

    record Part(@Nullable String name) {}

    enum Kind {
        ONE,
        OTHER
    }

    private static final String FULL = """
            {"required": "a", "text": "b", "bounded": "c", "amount": 12.5, "kind": "ONE", "optional": "d",
             "optionalKind": "OTHER", "part": {"name": "e"}, "lines": ["f"]}""";

    private final ObjectMapper mapper = new ObjectMapper();
    private final SchemaRules.Forms forms = new SchemaRules(mapper)
            .of(
                    mapper.valueToTree(JsonSchemaElementUtils.toMap(JsonSchemaElementUtils.jsonSchemaElementFrom(
                            Bill.class, Bill.class, null, false, new LinkedHashMap<>()))),
                    Bill.class);

    @Test
    void says_of_a_value_that_may_be_null_what_it_is_otherwise() throws Exception {
        assertThat(sent("required")).isEqualTo(json("{'type': 'string', 'maxLength': 500}"));
        assertThat(sent("text")).isEqualTo(json("{'type': ['string', 'null'], 'maxLength': 500}"));
        assertThat(sent("bounded")).isEqualTo(json("{'type': ['string', 'null'], 'maxLength': 9}"));
        assertThat(sent("amount")).isEqualTo(json("{'type': ['number', 'null']}"));
        assertThat(sent("kind")).isEqualTo(json("{'type': ['string', 'null'], 'enum': ['ONE', 'OTHER', null]}"));
        assertThat(sent("optional")).isEqualTo(json("{'type': ['string', 'null'], 'maxLength': 500}"));
        assertThat(sent("optionalKind")).isEqualTo(sent("kind"));
        assertThat(sent("part").path("type")).isEqualTo(json("['object', 'null']"));
        assertThat(sent("lines").path("type")).isEqualTo(json("['array', 'null']"));
    }

    @Test
    void takes_each_value_and_each_null_that_the_record_does() throws Exception {
        assertThat(faults(FULL)).isEmpty();
        assertThat(faults("{\"required\": \"a\"}")).isEmpty();
        for (var name : List.of("text", "bounded", "amount", "kind", "optional", "optionalKind", "part", "lines")) {
            assertThat(faults("{\"required\": \"a\", \"%s\": null}".formatted(name)))
                    .as(name)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'required': null}",
                "{'required': 'a', 'text': 1}",
                "{'required': 'a', 'bounded': '1234567890'}",
                "{'required': 'a', 'amount': 'much'}",
                "{'required': 'a', 'kind': 'NONE'}",
                "{'required': 'a', 'optional': 1}",
                "{'required': 'a', 'lines': 'f'}"
            })
    void refuses_what_the_record_would_not_take(String answer) throws Exception {
        assertThat(faults(answer.replace('\'', '"'))).isNotEmpty();
    }

    private JsonNode sent(String field) {
        return forms.sent().path("properties").path(field);
    }

    private JsonNode json(String text) throws JsonProcessingException {
        return mapper.readTree(text.replace('\'', '"'));
    }

    private Iterable<?> faults(String answer) throws JsonProcessingException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(forms.checked())
                .validate(mapper.readTree(answer));
    }
}
