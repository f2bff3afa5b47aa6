package dev.drydock.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.model.DecisionSchemas.Field;
import dev.drydock.model.DecisionSchemas.Kind;
import dev.langchain4j.model.output.structured.Description;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person may make of a decision is what a model may answer. */
class DecisionSchemasTest {

    private enum Color {
        RED,
        GREEN
    }

    private record Paint(
            @Description("RED: hot\nGREEN: cool") Color color,
            String name,
            @Nullable Integer coats,
            boolean gloss,
            List<String> tags) {}

    private record Dated(LocalDate day, String why) {}

    private final ObjectMapper json = new ObjectMapper();
    private final DecisionSchemas schemas = new DecisionSchemas(new AnswerSchemas(json));

    @Test
    void describes_the_fields_in_the_order_of_the_record() {
        assertThat(schemas.fields(Paint.class))
                .containsExactly(
                        new Field(
                                "color",
                                "RED: hot\nGREEN: cool",
                                Kind.CHOICE,
                                List.of("RED", "GREEN"),
                                false,
                                SchemaRules.LONGEST_TEXT),
                        new Field("name", "", Kind.TEXT, List.of(), false, SchemaRules.LONGEST_TEXT),
                        new Field("coats", "", Kind.NUMBER, List.of(), true, SchemaRules.LONGEST_TEXT),
                        new Field("gloss", "", Kind.BOOLEAN, List.of(), false, SchemaRules.LONGEST_TEXT),
                        new Field("tags", "", Kind.JSON, List.of(), false, SchemaRules.LONGEST_TEXT));
    }

    @Test
    void refuses_what_it_would_refuse_from_a_model() throws Exception {
        assertThat(fault("{\"color\": \"BLUE\"}")).contains("color");
        assertThat(fault("{\"name\": null}")).contains("name");
        assertThat(fault("{\"name\": \"%s\"}".formatted("x".repeat(501)))).contains("500");
        assertThat(fault("{\"coats\": null}")).isEmpty();
    }

    @Test
    void corrects_the_case_of_a_value() throws Exception {
        var edited = edited("{\"color\": \"green\"}");

        assertThat(schemas.fault(Paint.class, edited("{}"), edited)).isEmpty();
        assertThat(edited.path("color").asText()).isEqualTo("GREEN");
    }

    @Test
    void leaves_a_record_that_no_model_answers_to_its_type() throws Exception {
        var stored = json.readTree("{\"day\": \"2026-11-27\", \"why\": \"x\"}");
        ObjectNode edited = stored.deepCopy();

        assertThat(schemas.fault(Dated.class, stored, edited.put("day", "2026-11-28")))
                .isEmpty();
    }

    private String fault(String changes) throws Exception {
        return schemas.fault(Paint.class, edited("{}"), edited(changes)).orElse("");
    }

    private ObjectNode edited(String changes) throws Exception {
        var paint = (ObjectNode) json.readTree(
                "{\"color\": \"RED\", \"name\": \"a\", \"coats\": 2, \"gloss\": true, \"tags\": [\"t\"]}");
        paint.setAll((ObjectNode) json.readTree(changes));
        return paint;
    }
}
