package dev.drydock.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.judge.CostReport;
import dev.drydock.judge.CostReport.Row;
import dev.drydock.judge.ReportCost;
import io.quarkus.runtime.QuarkusApplication;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cost}: what a day costs, and what would make it cheaper. */
@Command(
        name = "cost",
        description =
                "Prints what a day costs by call site, measured over the last 30 days, and what would save money.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:wrong usage or settings"})
final class CostCommand implements Runnable {

    @Option(names = "--json", description = "Print the report as JSON.")
    boolean json;

    @Override
    public void run() {
        OneShot.run(Once.class, json);
    }

    /** Runs when the application has started. */
    public static final class Once implements QuarkusApplication {

        private final ReportCost cost;
        private final InstantSource clock;
        private final ObjectMapper json;

        Once(ReportCost cost, InstantSource clock, ObjectMapper json) {
            this.cost = cost;
            this.clock = clock;
            this.json = json;
        }

        @Override
        public int run(String... arguments) throws JsonProcessingException {
            var report = cost.report(clock);
            if (arguments.length > 0) {
                System.out.println(json.writeValueAsString(report));
            } else {
                System.out.print(text(report));
            }
            return ProcessExit.COMPLETED;
        }

        static String text(CostReport report) {
            var rows = new TextTable(
                    "<<<>>>><", "what", "call site", "model", "calls/day", "tokens/call", "usd/1M", "usd/day", "basis");
            report.rows()
                    .forEach(row -> rows.row(
                            row.what(),
                            row.callSite(),
                            row.model(),
                            number(row.callsPerDay()),
                            tokens(row),
                            row.price() == null ? "" : row.price(),
                            usd(row.usdPerDay()),
                            row.basis()));
            rows.row(
                    "total",
                    "",
                    "",
                    "",
                    "",
                    "",
                    usd(report.dayUsd()),
                    "%s in 30 days".formatted(usd(report.monthUsd())));
            var levers = new TextTable("<<><", "lever", "agent", "saves", "arithmetic, and how");
            report.levers().forEach(lever -> {
                levers.row(lever.name(), lever.agent(), usd(lever.savesUsd()), lever.arithmetic());
                levers.row("", "", "", "-> " + lever.how());
            });
            var shares = new TextTable("<<>>", "agent", "label", "entries", "usd");
            report.byLabel()
                    .forEach(share -> shares.row(
                            share.agent(),
                            String.valueOf(share.label()),
                            String.format(Locale.ROOT, "%,d", share.entries()),
                            usd(share.usd())));
            var text = new StringBuilder(rows.toString());
            section(
                    text,
                    "Spent since %s: %s USD. Levers overlap: do not add them."
                            .formatted(
                                    report.since().toString().substring(0, "2026-01-31".length()),
                                    usd(report.spentUsd())),
                    levers);
            section(text, "Spent by label", shares);
            report.notes().forEach(note -> text.append('\n').append(note));
            return report.notes().isEmpty()
                    ? text.toString()
                    : text.append('\n').toString();
        }

        private static void section(StringBuilder text, String title, TextTable table) {
            var lines = table.toString();
            text.append(lines.isEmpty() ? "" : "\n" + title + "\n" + lines);
        }

        private static String tokens(Row row) {
            return row.tokensIn() == null || row.tokensOut() == null
                    ? ""
                    : String.format(Locale.ROOT, "%,d + %,d", row.tokensIn(), row.tokensOut());
        }

        private static String number(@Nullable Double number) {
            return number == null ? "" : String.format(Locale.ROOT, "%,.1f", number);
        }

        private static String usd(@Nullable BigDecimal usd) {
            return usd == null ? "-" : String.format(Locale.ROOT, "%,.4f", usd);
        }
    }
}
