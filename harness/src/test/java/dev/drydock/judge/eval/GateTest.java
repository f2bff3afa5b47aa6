package dev.drydock.judge.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drydock.NoteAgent;
import dev.drydock.judge.eval.EvalCase.CaseSet;
import dev.drydock.judge.eval.EvalReport.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What passes and what does not, what is said of it, and which cases are none. */
@Execution(ExecutionMode.CONCURRENT)
class GateTest {

    private static final JsonMapper JSON =
            JsonMapper.builder().findAndAddModules().build();

    @TempDir
    Path folder;

    @Test
    void passes_what_is_the_same() {
        var report = compare(result(100, at -> at >= 10), result(100, at -> at >= 10));

        assertThat(report.verdict()).isEqualTo(Verdict.PASSES);
        assertThat(report.sentence()).isEqualTo("no case turned: both decide alike");
    }

    @Test
    void fails_what_is_worse_beyond_chance_and_names_the_cases() {
        var report = compare(result(100, at -> true), result(100, at -> at >= 8));

        assertThat(report.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(report.sentence())
                .isEqualTo("accuracy fell by 8.0 points to 92.0 % (8 turned wrong, 0 turned right; p = 0.0078)");
        assertThat(printed(report)).contains("Turned wrong (8)", "  c0: A -> B, right is A");
    }

    @Test
    void passes_a_fall_that_chance_explains() {
        assertThat(compare(result(100, at -> true), result(100, at -> at >= 5)).verdict())
                .isEqualTo(Verdict.PASSES); // 5 of 5: p = 0.0625
    }

    @Test
    void passes_a_fall_below_the_threshold() {
        assertThat(compare(result(1_000, at -> true), result(1_000, at -> at >= 15))
                        .verdict())
                .isEqualTo(Verdict.PASSES); // p is below 0.0001, but it is 1.5 points
    }

    @Test
    void fails_one_more_dangerous_failure_whatever_else_is_better() {
        var before = result(100, at -> at >= 50);
        var after = new EvalResult(
                "m",
                Map.of(),
                IntStream.range(0, 100)
                        .mapToObj(at -> caseResult("c" + at, at == 0 ? "B" : "A", at == 0))
                        .toList());

        var report = compare(before, after);

        assertThat(report.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(report.sentence()).isEqualTo("1 dangerous failures instead of 0");
        assertThat(printed(report)).contains("Turned dangerous (1)", "Dangerous (1)");
    }

    @Test
    void names_the_field_that_is_wrong_where_the_label_of_a_dangerous_failure_is_right() {
        var before = result(caseResult("c1", "A", false, Map.of("urgency", false, "team", true)));
        var after = result(caseResult("c1", "A", true, Map.of("urgency", false, "team", true)));

        assertThat(printed(compare(before, after)))
                .contains("c1: A -> A, right is A; urgency wrong otherwise", "c1: A, which is right; wrong: urgency");
        assertThat(ReadEvals.flipped(Comparison.of(before, after)))
                .singleElement()
                .satisfies(flipped -> assertThat(flipped.wrong()).isEqualTo("urgency"));
    }

    private static EvalResult result(CaseResult one) {
        return new EvalResult("m", Map.of(), List.of(one));
    }

    @Test
    void refuses_a_result_with_cases_missing() {
        var report = compare(result(100, at -> true), result(98, at -> true));

        assertThat(report.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(report.sentence()).startsWith("cases are missing: c98, c99 ");
    }

    @Test
    void writes_markdown_json_and_junit() throws Exception {
        var report = compare(result(100, at -> true), result(100, at -> at >= 8));

        new WriteReports(JSON).write(report, folder);

        assertThat(folder.resolve("notes.md"))
                .content()
                .startsWith("### Eval of `notes`: REGRESSED")
                .contains(
                        "| accuracy | 92.0 % (85.0-95.9) | 100.0 % (96.3-100.0) | -8.0 |", "- c7: A -> B, right is A");
        var json = JSON.readTree(folder.resolve("notes.json").toFile());
        assertThat(json.path("verdict").asText()).isEqualTo("REGRESSED");
        assertThat(json.path("turnedWrong")).hasSize(8);
        assertThat(json.at("/figures/accuracy/count").asInt()).isEqualTo(92);
        assertThat(folder.resolve("notes.xml"))
                .content()
                .contains(
                        "tests=\"101\" failures=\"9\"", "name=\"c7\"><failure message=\"c7: A -&gt; B, right is A\"/>");
    }

    @Test
    void reads_the_baseline_that_it_wrote() {
        var files = new EvalFiles(JSON);
        var result = result(3, at -> at > 0);

        files.writeBaseline(folder.resolve("baseline.json"), result);

        assertThat(files.baseline(folder.resolve("baseline.json"))).hasValue(result);
        assertThat(files.baseline(folder.resolve("none.json"))).isEmpty();
    }

    @Test
    void appends_accepted_changes_with_their_figures() {
        var files = new EvalFiles(JSON);
        var file = folder.resolve("changes.md");

        files.appendChange(file, "notes", LocalDate.parse("2026-11-26"), result(4, at -> true), "the first baseline");
        files.appendChange(file, "notes", LocalDate.parse("2026-11-27"), result(4, at -> at > 0), "worse on 1");

        assertThat(file).content().endsWith("""
                        | 2026-11-26 | notes | m | p 1 | 4 | 100.0 % (51.0-100.0) | 0 | 1.000 | the first baseline |
                        | 2026-11-27 | notes | m | p 1 | 4 | 75.0 % (30.1-95.4) | 0 | 0.429 | worse on 1 |
                        """);
    }

    @Test
    void names_each_line_that_is_no_case() throws Exception {
        var file = folder.resolve("cases.jsonl");
        Files.write(
                file,
                List.of(
                        line("a", "dev", "x"),
                        "{\"id\": \"b\"",
                        line("a", "dev", "y"),
                        line("c", "test", "z"),
                        line("d", "holdout", "x"),
                        "",
                        line("e", "dev", "w").replace("\"label\"", "\"lable\""),
                        line("f", "dev", "v").replace("\"item\"", "\"expected\":{\"mood\":1},\"item\"")));

        assertThatThrownBy(() -> new ReadCases(JSON).read(file, new NoteAgent().spec()))
                .isInstanceOf(EvalException.class)
                .hasMessageContaining("6 lines are no cases")
                .hasMessageContaining(file + ":2: ")
                .hasMessageContaining(file + ":3: the id a stands in " + file + ":1, too")
                .hasMessageContaining(file + ":4: \"set\" is dev or holdout, not test")
                .hasMessageContaining(file + ":5: the item is that of a, which is in the other set")
                .hasMessageContaining(file + ":7: missing fields: [label]; unknown fields: [lable]")
                .hasMessageContaining(file + ":8: \"expected\" has the field mood, which a decision does not have");
    }

    private static String line(String id, String set, String text) {
        return "{\"id\":\"%s\",\"set\":\"%s\",\"label\":\"A\",\"item\":{\"id\":\"i\",\"version\":\"1\",\"text\":\"%s\"}}"
                .formatted(id, set, text);
    }

    private static EvalReport compare(EvalResult before, EvalResult after) {
        return EvalReport.compared("notes", "baseline", before, after);
    }

    private static EvalResult result(int cases, IntPredicate right) {
        return new EvalResult(
                "m",
                Map.of("p", "1"),
                IntStream.range(0, cases)
                        .mapToObj(at -> caseResult("c" + at, right.test(at) ? "A" : "B", false))
                        .toList());
    }

    private static CaseResult caseResult(String id, @Nullable String given, boolean dangerous) {
        return caseResult(id, given, dangerous, Map.of());
    }

    private static CaseResult caseResult(
            String id, @Nullable String given, boolean dangerous, Map<String, Boolean> fields) {
        return new CaseResult(id, CaseSet.DEV, "A", given, dangerous, fields, false, null, null, null);
    }

    private static String printed(EvalReport report) {
        var bytes = new ByteArrayOutputStream();
        new PrintReport(new PrintStream(bytes, true, StandardCharsets.UTF_8), false).print(report);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
