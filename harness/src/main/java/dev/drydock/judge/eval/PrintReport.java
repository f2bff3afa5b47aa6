package dev.drydock.judge.eval;

import dev.drydock.judge.eval.Comparison.Turn;
import dev.drydock.judge.eval.EvalReport.Verdict;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An eval's report on a terminal, in colour if it takes any. */
public final class PrintReport {

    private static final int BAR = 20;
    private static final int MOST_CASES = 20;

    private final PrintStream out;
    private final boolean colour;

    public PrintReport(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    public void print(EvalReport report) {
        var result = report.result();
        if (result != null) {
            header(report, result);
            table(report, result);
            labels(result);
            confusion(EvalFigures.matrix(result.cases()));
            report.comparison().ifPresent(this::turns);
            wrong(result);
            if (report.repeats() != null) {
                out.printf(
                        "%nRepeated %d times: %s of the cases changed their label %s%n",
                        report.repeats().times(),
                        report.repeats().rate(),
                        report.repeats().changing());
            }
        }
        out.printf(
                "%n%s  %s%n",
                paint(
                        report.verdict() == Verdict.PASSES ? "32;1" : "31;1",
                        report.verdict().name().replace('_', ' ')),
                report.sentence());
    }

    private void header(EvalReport report, EvalResult result) {
        out.printf(
                "%s  %d cases  %s  %s%n%n",
                paint("1", report.agent()),
                result.cases().size(),
                result.model().isEmpty() ? "no model was asked" : result.model(),
                result.promptLine());
    }

    private void table(EvalReport report, EvalResult result) {
        var comparison = report.comparison().orElse(null);
        var rows = EvalTable.of(result.figures(), comparison == null ? null : comparison.figuresBefore());
        out.println(paint(
                "2",
                "%-16s %-24s %-24s %s"
                        .formatted("", report.reference().equals("current") ? "variant" : "now", report.reference(), "")
                        .stripTrailing()));
        rows.forEach(row -> out.println("%-16s %-24s %-24s %s"
                .formatted(row.metric(), row.after(), row.before(), row.change())
                .stripTrailing()));
    }

    private void labels(EvalResult result) {
        out.println();
        out.println(paint("2", "%-18s %5s  %9s  %6s  %5s".formatted("label", "cases", "precision", "recall", "F1")));
        for (var score : EvalFigures.matrix(result.cases()).scores()) {
            out.println(String.format(
                            Locale.ROOT,
                            "%-18s %5d  %9s  %6s  %5.3f  %s",
                            score.label(),
                            score.support(),
                            percent(score.precision()),
                            percent(score.recall()),
                            score.f1(),
                            "█".repeat((int) Math.round(score.f1() * BAR)))
                    .stripTrailing());
        }
    }

    private static String percent(Proportion proportion) {
        return proportion.of() == 0 ? "-" : String.format(Locale.ROOT, "%.0f %%", proportion.rate() * 100);
    }

    /** Right labels in rows, given ones in columns, by their first letters. */
    private void confusion(ConfusionMatrix matrix) {
        var labels = matrix.labels();
        out.println();
        out.println(paint(
                "2",
                "%-18s".formatted("right \\ given")
                        + labels.stream()
                                .map(label -> "%6s".formatted(shortened(label)))
                                .collect(Collectors.joining())));
        for (var right : labels) {
            out.println("%-18s".formatted(right)
                    + labels.stream()
                            .map(given -> cell(matrix.count(right, given), right.equals(given)))
                            .collect(Collectors.joining()));
        }
    }

    private String cell(int count, boolean diagonal) {
        var text = "%6s".formatted(count == 0 ? "·" : count);
        return count == 0 ? text : paint(diagonal ? "32" : "31", text);
    }

    private static String shortened(String label) {
        return label.length() <= 5 ? label : label.substring(0, 5);
    }

    private void turns(Comparison comparison) {
        list("Turned dangerous", "31;1", comparison.where(Turn::turnedDangerous));
        list("Turned wrong", "31", comparison.where(Turn::turnedWrong));
        list("Turned right", "32", comparison.where(Turn::turnedRight));
        list(
                "Changed otherwise",
                "2",
                comparison.where(turn ->
                        turn.flipped() && !turn.turnedRight() && !turn.turnedWrong() && !turn.turnedDangerous()));
        if (!comparison.added().isEmpty()) {
            out.printf("%nNew cases, not compared: %d%n", comparison.added().size());
        }
    }

    private void list(String title, String style, List<Turn> turns) {
        if (!turns.isEmpty()) {
            out.println();
            out.println(paint(style, "%s (%d)".formatted(title, turns.size())));
            turns.stream().limit(MOST_CASES).forEach(turn -> out.println("  " + line(turn)));
            more(turns.size());
        }
    }

    static String line(Turn turn) {
        var before = turn.before().fields();
        var fields = turn.after().fields().entrySet().stream()
                .filter(field -> !field.getValue().equals(before.get(field.getKey()))
                        || (turn.turnedDangerous() && !field.getValue())) // another wrong value
                .map(field -> field.getKey()
                        + (field.getValue()
                                ? " right now"
                                : field.getValue().equals(before.get(field.getKey()))
                                        ? " wrong otherwise"
                                        : " wrong now"))
                .collect(Collectors.joining(", "));
        return "%s: %s -> %s, right is %s%s"
                .formatted(
                        turn.after().id(),
                        turn.before().decided(),
                        turn.after().decided(),
                        turn.after().label(),
                        fields.isEmpty() ? "" : "; " + fields);
    }

    private void wrong(EvalResult result) {
        var dangerous = result.cases().stream().filter(CaseResult::dangerous).toList();
        if (!dangerous.isEmpty()) {
            out.println();
            out.println(paint("31;1", "Dangerous (%d)".formatted(dangerous.size())));
            dangerous.stream()
                    .limit(MOST_CASES)
                    .forEach(each -> out.println("  %s: %s".formatted(each.id(), each.mistake())));
            more(dangerous.size());
        }
    }

    private void more(int all) {
        if (all > MOST_CASES) {
            out.printf("  and %d more%n", all - MOST_CASES);
        }
    }

    private String paint(String style, String text) {
        return colour ? "\u001b[%sm%s\u001b[0m".formatted(style, text) : text;
    }
}
