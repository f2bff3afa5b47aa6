package dev.drydock.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the offline model makes of requests as they come over the wire. */
class SchemaAnswerTest {

    private static final String INVOICE = """
            Miller & Sons, invoice RE-2026-0817
            Date of invoice: 2026-11-03
            To be paid until: 2026-12-03

            Net amount: 100.00 EUR
            VAT 19 %: 19.00 EUR
            Total to pay: 119.00 EUR
            """;

    private final ObjectMapper json = new ObjectMapper();
    private final EmbeddingSimilarity nearness = new EmbeddingSimilarity();
    private final SchemaAnswer answers =
            new SchemaAnswer(json, nearness, new LabelledCases(Path.of("target/no-cases"), json, nearness, false));

    @ParameterizedTest
    @CsvSource({
        "string, 'The number of the invoice, such as INV-2025-17.', RE-2026-0817",
        "string, 'The date of the invoice, such as 2025-01-31', 2026-11-03",
        "string, 'Until when it is to be paid (such as 2025-01-31)', 2026-12-03",
        "number, 'The net amount, such as 12.50', 100.0",
        "number, 'The total to pay, such as 12.50', 119.0",
        "string, 'The order, such as PO/77', ''",
        "number, 'A rate, such as 5/8', 0",
    })
    void quotes_what_looks_like_the_example_from_the_nearest_line(String type, String description, String quoted)
            throws Exception {
        var field = answer(Map.of("type", type, "description", description), INVOICE);

        assertThat(field.isNumber()).isEqualTo(type.equals("number"));
        assertThat(field.asText()).isEqualTo(quoted);
    }

    @Test
    void takes_the_value_in_the_message_if_no_value_is_described() throws Exception {
        assertThat(answer(Map.of("enum", List.of("USD", "EUR")), INVOICE).asText())
                .isEqualTo("EUR");
    }

    @Test
    void takes_no_part_of_a_number_for_one() throws Exception {
        var price = Map.of("type", "number", "description", "A price, such as 12.50");

        assertThat(answer(price, "It costs 1,200.50 or so, on 24.12.2026").asInt())
                .isZero();
    }

    @Test
    void lists_what_the_nearest_paragraphs_say() throws Exception {
        var element = Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                        "number", Map.of("type", "integer", "description", "The number before it, such as [1]"),
                        "text", Map.of("type", "string", "description", "What has happened")));
        var list = Map.of(
                "type",
                List.of("array", "null"),
                "description",
                "What matters to cooks and kitchens",
                "items",
                element);

        var points = answer(list, """
                [1] A star has exploded far away.

                [2] Soup is better with salt, cooks say.

                [3] This kitchen has a new oven.

                [4] A recipe for bread in 40 minutes.
                """);

        assertThat(points)
                .hasSize(3)
                .extracting(point -> point.path("number").asInt())
                .doesNotContain(1);
        assertThat(points)
                .allSatisfy(point -> assertThat(point.path("text").asText()).isNotBlank());
    }

    @Test
    void calls_the_nearest_tool_once_with_arguments_quoted_from_the_message() throws Exception {
        var tools = List.of(
                tool("restart", "Restarts a job that hangs", "job", "Name of the job, such as job-1"),
                tool("refund", "Refunds money to a customer", "account", "Number of the account, such as A-1042"));
        var user = Map.of("role", "user", "content", "Please give me my money back, account B-77 was charged twice.");
        var choice = new ToolChoice(nearness, answers);

        assertThat(choice.choose(request(Map.of("tools", tools, "messages", List.of(user)))))
                .contains(new ToolChoice.Call("refund", "{\"account\":\"B-77\"}"));
        assertThat(choice.choose(request(Map.of("tools", tools, "messages", List.of(user, Map.of("role", "tool"))))))
                .isEmpty();
        assertThat(choice.choose(request(Map.of("messages", List.of(user))))).isEmpty();
    }

    private static Map<String, Object> tool(String name, String description, String parameter, String meaning) {
        var properties = Map.of(parameter, Map.of("type", "string", "description", meaning));
        return Map.of(
                "type",
                "function",
                "function",
                Map.of(
                        "name",
                        name,
                        "description",
                        description,
                        "parameters",
                        Map.of("type", "object", "properties", properties)));
    }

    /** What it fills in for one field. */
    private JsonNode answer(Map<String, ?> field, String message) throws Exception {
        var schema = Map.of("type", "object", "properties", Map.of("field", field));
        var answer = answers.answer(request(Map.of(
                "messages",
                List.of(Map.of("role", "user", "content", message)),
                "response_format",
                Map.of("json_schema", Map.of("schema", schema)))));
        return json.readTree(answer).path("field");
    }

    private JsonNode request(Map<String, ?> content) {
        return json.valueToTree(content);
    }
}
