package dev.drydock.console;

import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.judge.eval.EvalCase.CaseSet;
import dev.drydock.judge.eval.EvalException;
import dev.drydock.judge.eval.EvalOptions;
import dev.drydock.judge.eval.PrintReport;
import dev.drydock.judge.eval.RunEval;
import dev.drydock.judge.eval.RunEval.Folders;
import dev.drydock.judge.eval.StoreEval;
import dev.drydock.judge.eval.WriteReports;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eval AGENT}: runs the labelled cases of an agent and compares the result with the baseline. */
@Command(
        name = "eval",
        description =
                "Runs the labelled cases in evals/AGENT and compares the result with the baseline. Asks no model and"
                        + " needs no database unless --live or --record is given: answers are recorded in evals/AGENT/recordings.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:passes",
            "2:wrong usage or settings, an answer is not recorded, or the budget is spent",
            "6:regressed",
            "9:the model server failed; nothing was measured"
        })
final class EvalCommand implements Runnable {

    @Spec
    CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "AGENT", description = "The agent's name.")
    String agent = "";

    @Option(names = "--set", paramLabel = "dev|holdout", description = "Only the cases of this set.")
    @Nullable
    CaseSet set;

    @Option(names = "--baseline", paramLabel = "FILE", description = "Compare with this file.")
    @Nullable
    Path baseline;

    @Option(names = "--update-baseline", description = "Accept the result as the new baseline.")
    boolean updateBaseline;

    @Option(
            names = "--prompt",
            paramLabel = "[NAME=]FILE",
            description = "Compare with this text as the system message; NAME if the agent has several prompts.")
    List<String> prompts = List.of();

    @Option(names = "--model", paramLabel = "NAME", description = "Compare with this model.")
    @Nullable
    String model;

    @Option(names = "--record", description = "Ask the model what is not recorded, and record its answers.")
    boolean record;

    @Option(names = "--live", description = "Ask the model, whatever is recorded.")
    boolean live;

    @Option(names = "--repeat", paramLabel = "N", description = "Decide each case so often, and count what changes.")
    int repeat = 1;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write the report. Default: target/evals.")
    Path out = Path.of("target", "evals");

    @Option(names = "--json", description = "Print the report as JSON.")
    boolean json;

    /** What the application is started for. It cannot be told by its arguments, which are texts. */
    private static volatile @Nullable EvalCommand asked;

    @Override
    public void run() {
        if (repeat < 1) {
            throw new ParameterException(command.commandLine(), "--repeat: at least 1");
        }
        if (live || record) {
            StartUpCheck.orExit(true);
        } else {
            RecordedAnswersOnly.settings(agent).forEach(System::setProperty);
        }
        ProcessExit.withoutHttpPort();
        asked = this;
        Quarkus.run(Once.class, ProcessExit.handler());
    }

    /** Whether the result is about the agent itself, and not about a variant. */
    private boolean asksAsItIs() {
        return prompts.isEmpty() && model == null;
    }

    private EvalOptions options() {
        return new EvalOptions(set, baseline, updateBaseline, texts(), model, record, live, repeat);
    }

    private Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        for (var prompt : prompts) {
            var file = prompt.substring(prompt.indexOf('=') + 1);
            try {
                texts.put(
                        prompt.contains("=") ? prompt.substring(0, prompt.indexOf('=')) : "",
                        Files.readString(Path.of(file)).strip());
            } catch (IOException e) {
                throw new EvalException("--prompt: cannot read %s (%s)".formatted(file, e));
            }
        }
        return texts;
    }

    /** Runs when the application has started. */
    public static final class Once implements QuarkusApplication {

        private final Agents agents;
        private final RunEval evals;
        private final WriteReports reports;
        private final StoreEval store;
        private final InstantSource clock;

        Once(Agents agents, RunEval evals, WriteReports reports, StoreEval store, InstantSource clock) {
            this.agents = agents;
            this.evals = evals;
            this.reports = reports;
            this.store = store;
            this.clock = clock;
        }

        @Override
        public int run(String... arguments) throws InterruptedException {
            var command = Objects.requireNonNull(asked);
            var agent = agents.named(command.agent);
            if (agent.isEmpty()) {
                System.err.println(agents.unknown(command.agent));
                return ProcessExit.WRONG_SETTINGS;
            }
            try {
                return run(agent.get(), command);
            } catch (EvalException e) {
                System.err.println(e.getMessage());
                return ProcessExit.WRONG_SETTINGS;
            }
        }

        private int run(RegisteredAgent<?, ?> agent, EvalCommand command) throws InterruptedException {
            var terminal = Help.Ansi.AUTO.enabled();
            var startedAt = clock.instant();
            var report = evals.run(agent, command.options(), Folders.OF_PROJECT, (decided, of) -> {
                if (terminal) {
                    System.err.print(bar(decided, of));
                }
            });
            reports.write(report, command.out);
            if (command.live && command.asksAsItIs()) {
                store.asked(report, command.set, startedAt);
            }
            if (command.json) {
                System.out.println(reports.json(report));
            } else {
                new PrintReport(System.out, terminal).print(report);
                System.out.printf("%nWritten to %s as .md, .json and .xml%n", command.out.resolve(agent.name()));
            }
            return report.verdict().exitCode();
        }

        private static String bar(int decided, int of) {
            var done = decided * 30 / of;
            return "\r[%s%s] %d of %d%s"
                    .formatted("█".repeat(done), " ".repeat(30 - done), decided, of, decided == of ? "\r\u001b[K" : "");
        }
    }
}
