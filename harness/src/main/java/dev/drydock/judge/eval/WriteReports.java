package dev.drydock.judge.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.judge.eval.Comparison.Turn;
import dev.drydock.judge.eval.EvalReport.Verdict;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An eval's report in files: Markdown for a pull request, JSON, and JUnit's XML with a test for each case. */
@Singleton
public class WriteReports {

    private static final int MOST_CASES = 30;

    private final ObjectMapper json;

    WriteReports(ObjectMapper json) {
        this.json = json;
    }

    /** Writes {@code NAME.md}, {@code NAME.json} and {@code NAME.xml}, over those of an earlier eval. */
    public void write(EvalReport report, Path folder) {
        EvalFiles.write(folder.resolve(report.agent() + ".md"), markdown(report));
        EvalFiles.write(folder.resolve(report.agent() + ".json"), json(report) + "\n");
        EvalFiles.write(folder.resolve(report.agent() + ".xml"), junit(report));
    }

    public String json(EvalReport report) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("agent", report.agent());
        fields.put("verdict", report.verdict());
        fields.put("sentence", report.sentence());
        var result = report.result();
        if (result != null) {
            fields.put("model", result.model());
            fields.put("prompts", result.prompts());
            fields.put("figures", result.figures());
            fields.put(
                    "labels",
                    EvalFigures.matrix(result.cases()).scores().stream()
                            .map(score -> {
                                var label = new LinkedHashMap<String, Object>();
                                label.put("label", score.label());
                                label.put("cases", score.support());
                                label.put("precision", score.precision().rate());
                                label.put("recall", score.recall().rate());
                                label.put("f1", score.f1());
                                return label;
                            })
                            .toList());
            report.comparison().ifPresent(made -> {
                fields.put(report.reference(), made.figuresBefore());
                fields.put("pValue", made.labels().pValue());
                fields.put("turnedRight", ids(made.where(Turn::turnedRight)));
                fields.put("turnedWrong", ids(made.where(Turn::turnedWrong)));
                fields.put("turnedDangerous", ids(made.where(Turn::turnedDangerous)));
            });
            if (report.repeats() != null) {
                fields.put("changing", report.repeats().changing());
            }
            fields.put("cases", result.cases());
        }
        try {
            return json.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ids(List<Turn> turns) {
        return turns.stream().map(turn -> turn.after().id()).toList();
    }

    static String markdown(EvalReport report) {
        var text = new StringBuilder("### Eval of `%s`: %s\n\n%s\n"
                .formatted(report.agent(), report.verdict().name().replace('_', ' '), report.sentence()));
        var result = report.result();
        if (result == null) {
            return text.toString();
        }
        var before = report.comparison().map(Comparison::figuresBefore).orElse(null);
        text.append("\n%d cases, %s, %s\n\n".formatted(result.cases().size(), result.model(), result.promptLine()));
        text.append("| metric | now | %s | change |\n|---|---|---|---|\n".formatted(report.reference()));
        EvalTable.of(result.figures(), before)
                .forEach(row -> text.append(
                        "| %s | %s | %s | %s |\n".formatted(row.metric(), row.after(), row.before(), row.change())));
        report.comparison().ifPresent(made -> {
            list("Turned dangerous", made.where(Turn::turnedDangerous), text);
            list("Turned wrong", made.where(Turn::turnedWrong), text);
            list("Turned right", made.where(Turn::turnedRight), text);
        });
        return text.toString();
    }

    private static void list(String title, List<Turn> turns, StringBuilder text) {
        if (!turns.isEmpty()) {
            text.append("\n%s (%d)\n\n".formatted(title, turns.size()));
            turns.stream().limit(MOST_CASES).forEach(turn -> text.append("- %s\n".formatted(PrintReport.line(turn))));
        }
    }

    /** Cases that turned wrong fail; the first test is the verdict itself. */
    static String junit(EvalReport report) {
        var tests =
                new StringBuilder(test(report, "gate", report.verdict() == Verdict.PASSES ? "" : report.sentence()));
        var result = report.result();
        var cases = result == null ? List.<CaseResult>of() : result.cases();
        var failures = report.verdict() == Verdict.PASSES ? 0 : 1;
        for (var each : cases) {
            var turned = report.comparison().stream()
                    .flatMap(made -> made.turns().stream())
                    .filter(turn -> turn.after().equals(each) && (turn.turnedWrong() || turn.turnedDangerous()))
                    .map(PrintReport::line)
                    .findFirst()
                    .orElse("");
            failures += turned.isEmpty() ? 0 : 1;
            tests.append(test(report, each.id(), turned));
        }
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="eval %s" tests="%d" failures="%d">
                %s</testsuite>
                """.formatted(report.agent(), cases.size() + 1, failures, tests);
    }

    private static String test(EvalReport report, String name, String failure) {
        var start = "  <testcase classname=\"eval.%s\" name=\"%s\"".formatted(report.agent(), escaped(name));
        return failure.isEmpty()
                ? start + "/>\n"
                : start + "><failure message=\"%s\"/></testcase>\n".formatted(escaped(failure));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "?");
    }
}
