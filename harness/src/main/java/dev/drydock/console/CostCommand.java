package dev.drydock.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.judge.CostReport;
import dev.drydock.judge.CostReport.Row;
import dev.drydock.judge.ReportCost;
import dev.drydock.judge.SampleCheaper;
import io.quarkus.runtime.QuarkusApplication;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

    @Option(
            names = "--sample",
            paramLabel = "N",
            description =
                    "Say what asking DRYDOCK_MODEL_CHEAP about the latest N entries of each agent costs. With --pay, ask,"
                            + " and print what it saves and what it decides otherwise. Delivers nothing.")
    int sample;

    @Option(names = "--pay", description = "Ask about the sample, at its price and within the budget.")
    boolean pay;

    @Spec
    CommandSpec command = CommandSpec.create();

    @Override
    public void run() {
        if (sample < 0 || (pay && sample == 0)) {
            throw new ParameterException(
                    command.commandLine(), "--sample takes a number of entries, such as 50; --pay needs it");
        }
        OneShot.run(pay, Once.class, String.valueOf(json), String.valueOf(sample), String.valueOf(pay));
    }

    /** Runs when the application has started. */
    public static final class Once implements QuarkusApplication {

        private final ReportCost cost;
        private final SampleCheaper cheaper;
        private final InstantSource clock;
        private final ObjectMapper json;

        Once(ReportCost cost, SampleCheaper cheaper, InstantSource clock, ObjectMapper json) {
            this.cost = cost;
            this.cheaper = cheaper;
            this.clock = clock;
            this.json = json;
        }

        @Override
        public int run(String... arguments) throws JsonProcessingException, InterruptedException {
            var report = cost.report(clock);
            var most = Integer.parseInt(arguments[1]);
            if (most > 0) {
                report = sampled(report, most, Boolean.parseBoolean(arguments[2]));
            }
            if (Boolean.parseBoolean(arguments[0])) {
                System.out.println(json.writeValueAsString(report));
            } else {
                System.out.print(text(report));
            }
            return ProcessExit.COMPLETED;
        }

        /** The prices come first, on standard error: what is on standard output may be JSON. */
        private CostReport sampled(CostReport report, int most, boolean pay) throws InterruptedException {
            var samples = cheaper.samples(most, report.since());
            if (samples.isEmpty()) {
                System.err.println("No sample: set DRYDOCK_MODEL_CHEAP, and have a model decide entries first.");
            }
            samples.forEach(sample -> System.err.println(sample.line()));
            if (!samples.isEmpty() && !pay) {
                System.err.println("Nothing was asked. To ask, add --pay.");
            }
            return pay ? cheaper.measure(report, samples) : report;
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
