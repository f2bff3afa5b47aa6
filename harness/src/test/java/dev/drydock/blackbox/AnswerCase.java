package dev.drydock.blackbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model server answers, and what becomes of the one message that it is asked about: a line of
 * {@code answers/answers.jsonl}.
 *
 * @param answers in turn; the last one is repeated
 * @param state {@code decided}; {@code blamed}, if the attempt counts against the entry; {@code waits}, if it does not
 * @param why part of the entry's fault, or the reason for which the run was skipped
 * @param calls requests for a completion, of the run's only entry and of a probe
 * @param cost of all calls together
 * @param origin part of the origin of the last call's cost
 * @param label part of the decision
 * @param process null for the process that most cases share. One that learns from a case has a name, and takes the cases of
 *     that name in their order
 * @param message {@code long} for one that exceeds a small context
 * @param sends by the number of the request, what it contains
 * @param lacks by the number of the request, what it does not contain
 * @param shorter whether the last request is shorter than the first
 * @param within the longest request in characters
 * @param logs part of the log
 * @param models the answer of {@code /v1/models}
 * @param props the answer of {@code /props}
 */
@JsonIgnoreProperties(ignoreUnknown = false)
record AnswerCase(
        String name,
        List<JsonNode> answers,
        String state,
        String why,
        int calls,
        BigDecimal cost,
        String origin,
        String label,
        String process,
        String message,
        Map<Integer, List<String>> sends,
        Map<Integer, List<String>> lacks,
        boolean shorter,
        int within,
        String logs,
        JsonNode models,
        JsonNode props) {

    private static final Path DATA = Path.of("harness/src/test/resources/answers/answers.jsonl");
    private static final String LONG = "Words and more words. ".repeat(800);

    static List<AnswerCase> all() throws IOException {
        var json = new ObjectMapper();
        return Files.readAllLines(DATA).stream()
                .filter(line -> !line.isBlank())
                .map(line -> {
                    try {
                        return json.readValue(line, AnswerCase.class);
                    } catch (IOException e) {
                        throw new IllegalArgumentException(line, e);
                    }
                })
                .toList();
    }

    String text() {
        return "long".equals(message) ? LONG : "The export fails.";
    }

    Optional<BigDecimal> expectedCost() {
        return Optional.ofNullable(cost);
    }

    @Override
    public String toString() {
        return name;
    }
}
