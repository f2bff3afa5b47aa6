package dev.drydock.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.drydock.alert.EvaluateAlerts;
import dev.drydock.alert.SendAlerts;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.RunResult;
import dev.drydock.judge.replay.CompareCandidate;
import dev.drydock.run.AgentRunner;
import dev.drydock.run.PruneJournal;
import dev.drydock.run.RunProgress;
import dev.drydock.run.RunRequest;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.inject.Inject;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run AGENT}: one cycle now, for schedulers that start a process for each. */
@Command(
        name = "run",
        description = "Runs one cycle of an agent now, then ends.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:completed",
            "1:failed",
            "2:wrong usage or settings",
            "3:completed, but some entries failed, or not as the agent expects of a good run",
            "4:skipped: the source, the model or the database is down, or a cycle already runs; or interrupted"
        })
final class RunCommand implements Runnable {

    @Spec
    CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "AGENT", description = "The agent's name.")
    String agent = "";

    @Option(names = "--json", description = "Print the run as JSON.")
    boolean json;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description =
                    "Leave entries that wait for the model's rate limit to the next cycle after this time, as in 20m.")
    String deadline = "";

    @Option(
            names = "--all",
            description = "Decide everything that waits, also what the first run left, whatever the settings.")
    boolean all;

    @Option(names = "--progress", description = "Show on standard error how far the cycle is.")
    boolean progress;

    @Override
    public void run() {
        var time = deadline.isEmpty() ? "" : duration(deadline).toString();
        StartUpCheck.orExit(this::skipped);
        ProcessExit.withoutHttpPort();
        var arguments = List.of(agent, time, String.valueOf(all), String.valueOf(progress), String.valueOf(json));
        Quarkus.run(Once.class, ProcessExit.handler(this::skipped), arguments.toArray(String[]::new));
    }

    private Duration duration(String time) {
        try {
            return DurationConverter.parseDuration(time);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    command.commandLine(), "--deadline: \"%s\" is not a time; write one such as 20m".formatted(time));
        }
    }

    private int skipped(String reason) {
        System.out.println(skipped(json, reason));
        return ProcessExit.SKIPPED;
    }

    /** For a cycle that did not start because the database is unavailable. */
    private static String skipped(boolean json, @Nullable String reason) {
        return json
                ? JsonNodeFactory.instance
                        .objectNode()
                        .put("outcome", "SKIPPED")
                        .put("skipReason", "DATABASE_DOWN")
                        .put("fault", reason)
                        .toString()
                : "SKIPPED (DATABASE_DOWN)" + RunView.because(reason);
    }

    /** Runs when the application has started. */
    public static final class Once implements QuarkusApplication {

        private final Agents agents;
        private final AgentRunner runner;
        private final RunProgress progress;
        private final JournalQueries journal;
        private final PruneJournal prune;
        private final EvaluateAlerts alerts;
        private final SendAlerts sendAlerts;
        private final ObjectMapper json;
        private final InstantSource clock;

        @Inject
        GoLive goLive;

        @Inject
        CompareCandidate candidates;

        Once(
                Agents agents,
                AgentRunner runner,
                RunProgress progress,
                JournalQueries journal,
                PruneJournal prune,
                EvaluateAlerts alerts,
                SendAlerts sendAlerts,
                ObjectMapper json,
                InstantSource clock) {
            this.agents = agents;
            this.runner = runner;
            this.progress = progress;
            this.journal = journal;
            this.prune = prune;
            this.alerts = alerts;
            this.sendAlerts = sendAlerts;
            this.json = json;
            this.clock = clock;
        }

        @Override
        public int run(String... arguments) throws JsonProcessingException {
            var found = agents.named(arguments[0]);
            if (found.isEmpty()) {
                System.err.println(agents.unknown(arguments[0]));
                return ProcessExit.WRONG_SETTINGS;
            }
            var refusal = goLive.refusal(found.get());
            if (refusal.isPresent()) {
                System.err.println(refusal.get());
                return ProcessExit.WRONG_SETTINGS;
            }
            var request = new RunRequest(deadline(arguments[1]), Boolean.parseBoolean(arguments[2]));
            var result = run(found.get(), request, Boolean.parseBoolean(arguments[3]));
            print(result, System.out, Boolean.parseBoolean(arguments[4]));
            candidates.run(found.get());
            prune.pruneSome();
            alerts.evaluate(); // this process ends before the periodic evaluation
            sendAlerts.sendDue();
            return ProcessExit.of(result.outcome());
        }

        private RunResult run(RegisteredAgent<?, ?> agent, RunRequest request, boolean showProgress) {
            if (!showProgress) {
                return runner.run(agent, request);
            }
            var terminal = Help.Ansi.AUTO.enabled();
            try (var shown = new ShowProgress(() -> progress.of(agent.name()), System.err, terminal, clock).start()) {
                return runner.run(agent, request);
            }
        }

        /** Counted from the start of the cycle. */
        private Optional<Instant> deadline(String time) {
            return time.isEmpty()
                    ? Optional.empty()
                    : Optional.of(clock.instant().plus(Duration.parse(time)));
        }

        private void print(RunResult result, PrintStream out, boolean asJson) throws JsonProcessingException {
            var run = result.runId() == null
                    ? null
                    : journal.run(result.runId()).map(RunView::of).orElse(null);
            if (run == null) {
                out.println(skipped(asJson, result.fault()));
            } else if (asJson) {
                out.println(json.writeValueAsString(run));
            } else {
                out.println(run.line());
            }
        }
    }
}
