package dev.drydock.console;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.judge.ImportLabels;
import dev.drydock.judge.eval.EvalException;
import dev.drydock.judge.eval.ProposedCases;
import dev.drydock.judge.eval.ProposedCases.Proposal;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cases AGENT}: makes eval cases of corrections. */
@Command(
        name = "cases",
        description = "Lists the corrections that people made of an agent's decisions, as proposed eval cases."
                + " An accepted one is appended to evals/AGENT/cases.jsonl, with secrets and personal data masked.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a proposed case does not exist, or a line was not imported",
            "2:wrong usage or settings"
        })
final class CasesCommand implements Runnable {

    @Parameters(paramLabel = "AGENT", description = "The agent's name.")
    String agent = "";

    @Option(names = "--accept", paramLabel = "ID", split = ",", description = "Proposed cases to accept.")
    List<UUID> accepted = List.of();

    @Option(names = "--reject", paramLabel = "ID", split = ",", description = "Proposed cases to reject.")
    List<UUID> rejected = List.of();

    @Option(
            names = "--import",
            paramLabel = "FILE",
            description = "Take what people really did from CSV with the columns id and label, or from JSON objects.")
    @Nullable
    Path imported;

    @Option(names = "--json", description = "Print the proposed cases that are left as JSON.")
    boolean json;

    @Override
    public void run() {
        OneShot.run(
                Once.class,
                agent,
                ids(accepted),
                ids(rejected),
                String.valueOf(json),
                imported == null ? "" : imported.toString());
    }

    private static String ids(List<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(joining(","));
    }

    /** A proposed case as JSON, with the case as it would be written. */
    @RegisterForReflection
    record View(
            UUID id,
            String given,
            String correct,
            boolean dangerous,
            @Nullable String twin,
            JsonNode line) {

        static View of(Proposal proposal) {
            var correction = proposal.correction();
            return new View(
                    correction.id(),
                    correction.label(),
                    correction.correctLabel(),
                    correction.dangerous(),
                    proposal.twin().orElse(null),
                    proposal.line());
        }
    }

    /** Runs when the application has started. */
    public static final class Once implements QuarkusApplication {

        private final Agents agents;
        private final ProposedCases proposed;
        private final ImportLabels labels;
        private final ObjectMapper json;

        Once(Agents agents, ProposedCases proposed, ImportLabels labels, ObjectMapper json) {
            this.agents = agents;
            this.proposed = proposed;
            this.labels = labels;
            this.json = json;
        }

        @Override
        public int run(String... arguments) throws JsonProcessingException {
            var agent = agents.named(arguments[0]).orElse(null);
            if (agent == null) {
                System.err.println(agents.unknown(arguments[0]));
                return ProcessExit.WRONG_SETTINGS;
            }
            var asJson = Boolean.parseBoolean(arguments[3]);
            var file = Path.of("evals", agent.name(), "cases.jsonl");
            try {
                var out = asJson ? System.err : System.out;
                var all = arguments[4].isEmpty() || importLabels(agent, Path.of(arguments[4]), out);
                all &= settle(agent, file, ids(arguments[1]), ids(arguments[2]), out);
                var left = proposed.open(agent, file);
                if (asJson) {
                    System.out.println(
                            json.writeValueAsString(left.stream().map(View::of).toList()));
                } else {
                    print(agent.name(), left);
                }
                return all ? ProcessExit.COMPLETED : ProcessExit.FAILED;
            } catch (EvalException e) {
                System.err.println(e.getMessage());
                return ProcessExit.WRONG_SETTINGS;
            }
        }

        /** Whether each line was imported. */
        boolean importLabels(RegisteredAgent<?, ?> agent, Path file, PrintStream out) {
            var result = labels.run(agent, file);
            result.faults().forEach(System.err::println);
            out.printf(
                    "%s: %d agree with the agent, %d correct it, %d were imported before, %d were not imported%n",
                    file,
                    result.agreed(),
                    result.corrected(),
                    result.known(),
                    result.faults().size());
            return result.faults().isEmpty();
        }

        /** Whether each of them was open until now. */
        boolean settle(
                RegisteredAgent<?, ?> agent, Path file, List<UUID> accepted, List<UUID> rejected, PrintStream out) {
            var found = true;
            for (var id : accepted) {
                var proposal = proposed.open(agent, file).stream()
                        .filter(one -> one.correction().id().equals(id))
                        .findFirst();
                found &= report(
                        id,
                        proposal.filter(one -> proposed.accept(one, file)).isPresent(),
                        proposal.map(one -> "accepted as %s, in the set %s"
                                        .formatted(
                                                one.line().path("id").asText(),
                                                one.line().path("set").asText()))
                                .orElse(""),
                        out);
            }
            for (var id : rejected) {
                found &= report(id, proposed.reject(id), "rejected", out);
            }
            return found;
        }

        private static boolean report(UUID id, boolean done, String what, PrintStream out) {
            out.printf("%s: %s%n", id, done ? what : "there is no such proposed case");
            return done;
        }

        private static void print(String agent, List<Proposal> left) {
            System.out.printf(
                    left.isEmpty()
                            ? "No correction of %s waits.%n"
                            : "Corrections of %s that wait; ./drydock cases %1$s --accept ID makes a case of one:%n",
                    agent);
            for (var proposal : left) {
                var correction = proposal.correction();
                System.out.printf(
                        "%n%s  %s, should have been %s%s%n  item: %s%n%s",
                        correction.id(),
                        correction.label(),
                        correction.correctLabel(),
                        correction.dangerous() ? " (dangerous)" : "",
                        proposal.line().path("item").path("id").asText(),
                        proposal.twin()
                                .map("  nearly the same as the case %s%n"::formatted)
                                .orElse(""));
            }
        }

        private static List<UUID> ids(String text) {
            return text.isEmpty()
                    ? List.of()
                    : List.of(text.split(",", -1)).stream()
                            .map(UUID::fromString)
                            .toList();
        }
    }
}
