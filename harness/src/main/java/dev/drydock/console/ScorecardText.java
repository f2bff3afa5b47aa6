package dev.drydock.console;

import static java.util.stream.Collectors.joining;

import dev.drydock.judge.Scorecard;
import dev.drydock.judge.Scorecard.Week;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The scorecard as a table, as Markdown and as CSV. */
final class ScorecardText {

    private static final double PERCENT = 100;
    private static final String NOT_MEASURED = "-";

    private record Column(String name, char alignment, Function<Week, String> cell) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("week", '<', week -> week.monday() + (week.complete() ? "" : " so far")),
            new Column("inputs", '>', week -> number(week.inputs())),
            new Column("decided", '>', week -> number(week.decided())),
            new Column("failed", '>', week -> number(week.failed())),
            new Column("agreement", '>', week -> share(week.agreement())),
            new Column("dangerous", '>', week -> week.judged() == 0 ? NOT_MEASURED : number(week.dangerous())),
            new Column("eval", '>', week -> share(week.evalAccuracy())),
            new Column(
                    "eval dangerous",
                    '>',
                    week -> week.evalDangerous() == null ? NOT_MEASURED : number(week.evalDangerous())),
            new Column("p95 ms", '>', week -> week.p95Millis() == null ? NOT_MEASURED : number(week.p95Millis())),
            new Column("usd/day", '>', week -> usd(week.usdPerDay())),
            new Column("usd/item", '>', week -> usd(week.usdPerItem())),
            new Column("delivered", '>', week -> number(week.delivered())),
            new Column("on time", '>', week -> share(week.onTime())),
            new Column("uptime", '>', week -> share(week.uptime())),
            new Column("alerts", '>', week -> number(week.alerts())),
            new Column("changes", '<', week -> String.join(", ", week.changes())));

    private ScorecardText() {}

    static String table(Scorecard card) {
        return card.agents().stream()
                .map(agent -> agent.sentence() + "\n\n" + table(agent.weeks()))
                .collect(joining("\n"));
    }

    private static String table(List<Week> weeks) {
        var table = new TextTable(
                COLUMNS.stream()
                        .map(column -> String.valueOf(column.alignment()))
                        .collect(joining()),
                COLUMNS.stream().map(Column::name).toArray(String[]::new));
        weeks.forEach(week -> table.row(cells(week).toArray(String[]::new)));
        return table.toString();
    }

    static String markdown(Scorecard card) {
        return card.agents().stream()
                .map(agent -> "## %s%n%n%s%n%n%s%s%s"
                        .formatted(
                                agent.agent(),
                                agent.sentence(),
                                row(COLUMNS.stream().map(Column::name)),
                                row(COLUMNS.stream().map(column -> column.alignment() == '>' ? "---:" : "---")),
                                agent.weeks().stream()
                                        .map(week -> row(cells(week)))
                                        .collect(joining())))
                .collect(joining("\n"));
    }

    private static String row(Stream<String> cells) {
        return cells.collect(joining(" | ", "| ", " |\n"));
    }

    /** One line for each agent and week, by RFC 4180; what was not measured is empty. */
    static String csv(Scorecard card) {
        var lines = card.agents().stream()
                .flatMap(agent -> agent.weeks().stream()
                        .map(week -> agent.agent() + ","
                                + cells(week)
                                        .map(cell -> cell.equals(NOT_MEASURED) ? "" : quoted(cell))
                                        .collect(joining(","))));
        return Stream.concat(
                        Stream.of("agent," + COLUMNS.stream().map(Column::name).collect(joining(","))), lines)
                .collect(joining("\r\n", "", "\r\n"));
    }

    private static String quoted(String cell) {
        return cell.contains(",") || cell.contains("\"") ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
    }

    private static Stream<String> cells(Week week) {
        return COLUMNS.stream().map(column -> column.cell().apply(week));
    }

    private static String number(long number) {
        return String.valueOf(number);
    }

    private static String share(@Nullable Double share) {
        return share == null ? NOT_MEASURED : String.format(Locale.ROOT, "%.1f %%", share * PERCENT);
    }

    private static String usd(@Nullable BigDecimal usd) {
        return usd == null ? NOT_MEASURED : String.format(Locale.ROOT, "%.4f", usd);
    }
}
