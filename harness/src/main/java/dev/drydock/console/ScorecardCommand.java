package dev.drydock.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.Agents;
import dev.drydock.judge.MakeScorecard;
import io.quarkus.runtime.QuarkusApplication;
import java.util.ArrayList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scorecard}: how each agent did, week by week. */
@Command(
        name = "scorecard",
        description = "Prints the weekly figures of each agent, and the one sentence that matters.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:wrong usage or settings"})
final class ScorecardCommand implements Runnable {

    /** The most weeks that are shown: as long as runs are kept. */
    static final int MOST_WEEKS = 57;

    @Spec
    CommandSpec command = CommandSpec.create();

    @Option(names = "--weeks", paramLabel = "N", description = "How many weeks, the one that has not ended included.")
    int weeks = 6;

    @Option(names = "--csv", description = "Print CSV, for a spreadsheet.")
    boolean csv;

    @Option(names = "--markdown", description = "Print Markdown.")
    boolean markdown;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Override
    public void run() {
        if (weeks < 1 || weeks > MOST_WEEKS) {
            throw new ParameterException(
                    command.commandLine(), "--weeks must be a number from 1 to %d".formatted(MOST_WEEKS));
        }
        var formats = new ArrayList<String>();
        if (csv) {
            formats.add("csv");
        }
        if (markdown) {
            formats.add("markdown");
        }
        if (json) {
            formats.add("json");
        }
        if (formats.size() > 1) {
            throw new ParameterException(command.commandLine(), "--csv, --markdown and --json: give one of them");
        }
        OneShot.run(Once.class, String.valueOf(weeks), formats.isEmpty() ? "table" : formats.get(0));
    }

    /** Runs when the application has started. */
    public static final class Once implements QuarkusApplication {

        private final MakeScorecard scorecard;
        private final Agents agents;
        private final ObjectMapper json;

        Once(MakeScorecard scorecard, Agents agents, ObjectMapper json) {
            this.scorecard = scorecard;
            this.agents = agents;
            this.json = json;
        }

        @Override
        public int run(String... arguments) throws JsonProcessingException {
            var card = scorecard.make(agents.all(), Integer.parseInt(arguments[0]));
            System.out.print(
                    switch (arguments[1]) {
                        case "csv" -> ScorecardText.csv(card);
                        case "markdown" -> ScorecardText.markdown(card);
                        case "json" -> json.writeValueAsString(card) + "\n";
                        default -> ScorecardText.table(card);
                    });
            return ProcessExit.COMPLETED;
        }
    }
}
