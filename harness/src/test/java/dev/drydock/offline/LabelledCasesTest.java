package dev.drydock.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the offline model learns of labelled cases. */
@Execution(ExecutionMode.CONCURRENT)
class LabelledCasesTest {

    private static final String TWICE = "Your invoice charged us twice, please refund";

    private static final Map<String, Object> TRIAGE = Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                    "category",
                    Map.of("enum", List.of("BILLING", "SPAM"), "description", """
                            BILLING: an invoice, a payment, a charge
                            SPAM: advertising, a prize"""),
                    "urgency",
                    Map.of("enum", List.of("TODAY", "NEVER"), "description", """
                            TODAY: a customer is blocked, an error
                            NEVER: an invoice, a charge, a refund""")));

    @TempDir
    Path evals;

    private final ObjectMapper json = new ObjectMapper();
    private final EmbeddingSimilarity similarity = new EmbeddingSimilarity();
    private Path file;

    @BeforeEach
    void createFolder() throws IOException {
        file = Files.createDirectories(evals.resolve("triage")).resolve("cases.jsonl");
    }

    @Test
    void a_correction_changes_the_next_decision() throws Exception {
        var model = model(false);
        assertThat(model.urgency(TWICE)).isEqualTo("NEVER");

        write("dev", TWICE, "BILLING", "TODAY");
        write("dev", "I am away until Monday", "AUTO_REPLY", "NEVER"); // a label that only rules give

        assertThat(model.urgency(TWICE)).isEqualTo("TODAY");
        assertThat(model.urgency("Your invoice charged us two times, please refund it"))
                .isEqualTo("TODAY");
    }

    @Test
    void a_label_is_right_for_the_field_that_has_it_among_its_values() throws Exception {
        write("dev", "You won a payment, click here", "SPAM", "NEVER");

        assertThat(model(false)
                        .answer("You won a payment, click here now")
                        .path("category")
                        .asText())
                .isEqualTo("SPAM");
    }

    @Test
    void cases_that_only_measure_have_no_vote() throws Exception {
        write("holdout", TWICE, "BILLING", "TODAY");

        assertThat(model(false).urgency(TWICE)).isEqualTo("NEVER");
    }

    @Test
    void in_an_eval_a_case_has_no_vote_about_itself() throws Exception {
        write("dev", TWICE, "BILLING", "TODAY");

        assertThat(model(true).urgency(TWICE)).isEqualTo("NEVER");
        assertThat(model(true).urgency("From: ann@example.com\nSubject: " + TWICE + "\n\n"))
                .as("as a prompt shows it")
                .isEqualTo("NEVER");
        assertThat(model(true).urgency("Your invoice charged us two times, please refund"))
                .isEqualTo("TODAY");
    }

    @Test
    void cases_about_other_decisions_have_no_vote() throws Exception {
        Files.writeString(file, """
                {"id":"1","set":"dev","label":"BILLING","item":{"id":"1","text":"%s"},\
                "expected":{"urgency":"TODAY","amount":"12"}}""".formatted(TWICE));

        assertThat(model(false).urgency(TWICE)).isEqualTo("NEVER");
    }

    private void write(String set, String text, String label, String urgency) throws IOException {
        var line = """
                {"id":"1","set":"%s","label":"%s","item":{"id":"1","version":"1","text":"%s"},"expected":{"urgency":"%s"}}
                """.formatted(set, label, text, urgency);
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.now().plusSeconds(2))); // clocks of file systems are coarse
    }

    private Model model(boolean leaveOneOut) {
        return new Model(new SchemaAnswer(json, similarity, new LabelledCases(evals, json, similarity, leaveOneOut)));
    }

    private final class Model {

        private final SchemaAnswer answers;

        Model(SchemaAnswer answers) {
            this.answers = answers;
        }

        String urgency(String message) throws Exception {
            return answer(message).path("urgency").asText();
        }

        JsonNode answer(String message) throws Exception {
            return json.readTree(answers.answer(json.valueToTree(Map.of(
                    "messages",
                    List.of(Map.of("role", "user", "content", message)),
                    "response_format",
                    Map.of("json_schema", Map.of("schema", TRIAGE))))));
        }
    }
}
