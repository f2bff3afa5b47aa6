package dev.drydock.console;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.agent.Mode;
import dev.drydock.config.Agents;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Actor;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.ReturnEntries;
import dev.drydock.journal.ReturnEntries.Found;
import dev.drydock.journal.ReturnEntries.Selection;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.PrintStream;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code retry AGENT}: returns entries that were set aside, many at a time. */
@Command(
        name = "retry",
        description = "Returns entries that were set aside: POISONED and REJECTED ones are decided again, UNDELIVERABLE"
                + " ones are delivered again, or approved first if the agent is not live. Prints their number first.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:returned, or there was nothing to return", "2:wrong usage or settings"})
final class RetryCommand implements Runnable {

    @Spec
    CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "AGENT", description = "The agent's name.")
    String agent = "";

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "POISONED, UNDELIVERABLE or REJECTED. Without it: POISONED and UNDELIVERABLE.")
    List<EntryState> states = List.of(EntryState.POISONED, EntryState.UNDELIVERABLE);

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only entries set aside since then: 2026-01-31, 2026-01-31T07:15:00Z, or 12h: 12 hours ago.")
    String since = "";

    @Option(names = "--fault", paramLabel = "TEXT", description = "Only entries whose fault contains this text.")
    String fault = "";

    @Option(names = "--dry-run", description = "Print the number, and return nothing.")
    boolean dryRun;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Override
    public void run() {
        var begin = since.isEmpty()
                ? ""
                : Since.parse(command, since, Instant.now()).toString();
        for (var state : states) {
            if (!ReturnEntries.RETURNABLE.contains(state)) {
                throw new ParameterException(
                        command.commandLine(),
                        "--state: entries that are %s cannot be returned; only those that are %s"
                                .formatted(state, names(ReturnEntries.RETURNABLE)));
            }
        }
        OneShot.run(
                Once.class,
                agent,
                names(EnumSet.copyOf(states)),
                begin,
                fault,
                String.valueOf(dryRun),
                String.valueOf(json));
    }

    private static String names(Set<EntryState> states) {
        return states.stream().map(EntryState::name).collect(joining(","));
    }

    /**
     * The result as JSON.
     *
     * @param found the number of selected entries in each state
     * @param unsure more that may have arrived, and are returned only by {@code --fault unsure}
     */
    @RegisterForReflection
    record Report(String agent, Map<EntryState, Integer> found, int unsure, boolean dryRun, int returned) {}

    /** Runs when the application has started. */
    public static final class Once implements QuarkusApplication {

        private final Agents agents;
        private final ReturnEntries returns;
        private final AuditLog audit;
        private final ObjectMapper json;

        Once(Agents agents, ReturnEntries returns, AuditLog audit, ObjectMapper json) {
            this.agents = agents;
            this.returns = returns;
            this.audit = audit;
            this.json = json;
        }

        @Override
        public int run(String... arguments) throws JsonProcessingException {
            var agent = agents.named(arguments[0]);
            if (agent.isEmpty()) {
                System.err.println(agents.unknown(arguments[0]));
                return ProcessExit.WRONG_SETTINGS;
            }
            var states = EnumSet.noneOf(EntryState.class);
            List.of(arguments[1].split(",")).forEach(name -> states.add(EntryState.valueOf(name)));
            var selection = new Selection(
                    arguments[0],
                    states,
                    arguments[2].isEmpty() ? null : Instant.parse(arguments[2]),
                    arguments[3].isEmpty() ? null : arguments[3]);
            var asJson = Boolean.parseBoolean(arguments[5]);
            var mode = agent.get().settings().mode();
            var report = retry(selection, mode, Boolean.parseBoolean(arguments[4]), asJson ? System.err : System.out);
            if (asJson) {
                System.out.println(json.writeValueAsString(report));
            }
            return ProcessExit.COMPLETED;
        }

        /** Prints the number of entries before they are returned. */
        Report retry(Selection selection, Mode mode, boolean dryRun, PrintStream out) {
            var found = returns.count(selection);
            out.println(line(selection.agent(), found));
            var returned = dryRun || found.total() == 0 ? 0 : audit.inOneTransaction(() -> retry(selection, mode));
            if (dryRun) {
                out.println("Dry run: nothing was returned.");
            } else if (returned > 0) {
                out.printf(
                        "Returned %d entries. POISONED and REJECTED ones are decided again in the next run; UNDELIVERABLE ones are %s.%n",
                        returned,
                        mode == Mode.LIVE
                                ? "delivered within seconds"
                                : "HELD for an approval, because the agent is not live");
            }
            return new Report(selection.agent(), found.entries(), found.unsure(), dryRun, returned);
        }

        private int retry(Selection selection, Mode mode) {
            var returned = returns.retry(selection, mode);
            if (returned > 0) {
                audit.record(
                        Actor.ofCommand(),
                        Action.RETURNED,
                        new Subject(selection.agent(), null, null),
                        "%d entries".formatted(returned));
            }
            return returned;
        }

        private static String line(String agent, Found found) {
            var entries = found.entries().entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey())
                    .collect(joining(", "));
            var unsure = found.unsure() == 0
                    ? ""
                    : "; %d more may have arrived: check them, then redeliver each, or repeat with --fault unsure"
                            .formatted(found.unsure());
            return "%s: %s%s".formatted(agent, entries.isEmpty() ? "nothing to return" : entries, unsure);
        }
    }
}
