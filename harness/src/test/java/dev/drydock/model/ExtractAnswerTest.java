package dev.drydock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.model.UnusableAnswerException.Reason;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** JSON in large and malformed answers. */
@Timeout(300)
class ExtractAnswerTest {

    private static final String FINE = "{\"mood\":\"FINE\",\"why\":\"it is\"}";
    private static final int MANY = 1_000_000;

    private final ObjectMapper mapper = new ObjectMapper();
    private final ExtractAnswer extract = new ExtractAnswer(mapper);

    private final AnswerSchema schema = Objects.requireNonNull(new AnswerSchemas(mapper)
            .of(ChatRequest.builder()
                    .messages(UserMessage.from("?"))
                    .responseFormat(ResponseFormat.builder()
                            .type(ResponseFormatType.JSON)
                            .jsonSchema(JsonSchema.builder()
                                    .name("mood")
                                    .rootElement(JsonObjectSchema.builder()
                                            .addProperty(
                                                    "mood",
                                                    JsonEnumSchema.builder()
                                                            .enumValues("FINE", "BAD")
                                                            .build())
                                            .addStringProperty("why")
                                            .addStringProperty("note")
                                            .required("mood", "why")
                                            .build())
                                    .build())
                            .build())
                    .build()));

    @Test
    void takes_time_in_proportion_to_the_length_of_an_unclosed_fence() {
        assertThat(reason("```json" + "\n".repeat(MANY))).isEqualTo(Reason.NO_JSON);
        assertThat(reason("```json\n{" + "\n".repeat(MANY))).isEqualTo(Reason.NO_JSON);
        assertThat(json("```json\n" + FINE + "\n".repeat(MANY))).isEqualTo(FINE);
    }

    @Test
    void takes_time_in_proportion_to_the_length_of_brackets_quotes_and_objects() {
        for (var part : new String[] {"{", "[", "\"", "{\"", "{}", "[{\"a\":", "</think>", "}", "`"}) {
            assertThat(reason(part.repeat(MANY / part.length()))).as(part).isNotNull();
        }
    }

    @Test
    void finds_an_answer_at_the_end_of_a_long_one() {
        assertThat(json("So { it says \"hm\n".repeat(MANY / 20) + FINE)).isEqualTo(FINE);
    }

    @Test
    void ends_when_it_is_interrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> extract.from("{" + " ".repeat(MANY), schema))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void lets_components_that_are_not_required_be_missing_or_null() {
        assertThat(json(FINE)).isEqualTo(FINE);
        assertThat(json("{\"mood\":\"FINE\",\"why\":\"it is\",\"note\":null}")).contains("note");
        assertThat(json("{\"mood\":\"FINE\",\"why\":\"it is\",\"note\":\"so\"}"))
                .contains("so");
        assertThat(reason("{\"mood\":\"FINE\",\"why\":null}")).isEqualTo(Reason.WRONG_SHAPE);
    }

    private String json(String text) {
        return Objects.requireNonNull(extract.from(text, schema).json());
    }

    private Reason reason(String text) {
        return Objects.requireNonNull(extract.from(text, schema).fault()).reason();
    }
}
