package dev.drydock.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.Agents;
import dev.drydock.judge.Checklist;
import dev.drydock.judge.Checklist.Report;
import dev.drydock.judge.ChecklistItem.Day;
import dev.drydock.judge.ChecklistLine;
import io.quarkus.runtime.QuarkusApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check}: the production checklist, with evidence. */
@Command(
        name = "check",
        description =
                "Answers each line of the production checklist with evidence, and says how to fix what does not hold.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all lines hold", "2:wrong usage or settings", "7:some do not hold, or were not seen yet"})
final class CheckCommand implements Runnable {

    @Option(names = "--json", description = "Print the report as JSON.")
    boolean json;

    @Override
    public void run() {
        OneShot.run(Once.class, json);
    }

    /** Runs when the application has started. */
    public static final class Once implements QuarkusApplication {

        private static final int SOME_DO_NOT_HOLD = 7;

        private final Checklist checklist;
        private final Agents agents;
        private final ObjectMapper json;

        Once(Checklist checklist, Agents agents, ObjectMapper json) {
            this.checklist = checklist;
            this.agents = agents;
            this.json = json;
        }

        @Override
        public int run(String... arguments) throws JsonProcessingException {
            var report = checklist.report(agents.all());
            System.out.println(arguments.length > 0 ? json.writeValueAsString(report) : text(report));
            return report.allHold() ? ProcessExit.COMPLETED : SOME_DO_NOT_HOLD;
        }

        static String text(Report report) {
            var text = new StringBuilder();
            for (var day : Day.values()) {
                var lines = report.lines().stream()
                        .filter(line -> line.day() == day)
                        .toList();
                var hold = lines.stream().filter(ChecklistLine::holds).count();
                text.append("%s: %d of %d hold%n".formatted(day.title(), hold, lines.size()));
                lines.forEach(line -> append(text, line));
                text.append('\n');
            }
            return text.append("%d of %d lines hold"
                            .formatted(report.hold(), report.lines().size()))
                    .toString();
        }

        private static void append(StringBuilder text, ChecklistLine line) {
            text.append("  %s  %-13s  %s%n".formatted(line.id(), line.state().title(), line.text()));
            text.append("      %-13s  %s%n".formatted("", line.evidence()));
            if (!line.fix().isEmpty()) {
                text.append("      %-13s  -> %s%n".formatted("", line.fix()));
            }
        }
    }
}
