package dev.drydock.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Actor;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.HeldRuns;
import dev.drydock.journal.JournalQueries;
import dev.drydock.outbox.Outbox;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code approve RUN} and {@code reject RUN}: what becomes of outputs that are held together. */
abstract class HeldRunCommand implements Runnable {

    @Parameters(paramLabel = "RUN", description = "The run's id, as the alert and the page name it.")
    UUID run = new UUID(0, 0);

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    /** {@code approve}. */
    @Command(
            name = "approve",
            description = "Approves all held outputs of a run that is a flood or HOLLOW, and delivers them.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done", "1:no such outputs", "2:wrong usage or settings"})
    static final class Approve extends HeldRunCommand {

        @Override
        public void run() {
            start("approve");
        }
    }

    /** {@code reject}. */
    @Command(
            name = "reject",
            description = "Rejects all held outputs of a run that is a flood or HOLLOW; they are never delivered.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done", "1:no such outputs", "2:wrong usage or settings"})
    static final class Reject extends HeldRunCommand {

        @Override
        public void run() {
            start("reject");
        }
    }

    void start(String verdict) {
        var arguments = new ArrayList<>(List.of(verdict, run.toString()));
        if (json) {
            arguments.add("--json");
        }
        OneShot.run(Once.class, arguments.toArray(String[]::new));
    }

    /** What was done. */
    @RegisterForReflection
    record Reviewed(UUID runId, String verdict, int entries, int delivered) {}

    /** Runs when the application has started. */
    public static final class Once implements QuarkusApplication {

        private final HeldRuns heldRuns;
        private final JournalQueries journal;
        private final Agents agents;
        private final Outbox outbox;
        private final ObjectMapper json;

        @Inject
        AuditLog audit;

        Once(HeldRuns heldRuns, JournalQueries journal, Agents agents, Outbox outbox, ObjectMapper json) {
            this.heldRuns = heldRuns;
            this.journal = journal;
            this.agents = agents;
            this.outbox = outbox;
            this.json = json;
        }

        @Override
        public int run(String... arguments) throws JsonProcessingException, InterruptedException {
            var verdict = arguments[0];
            var run = UUID.fromString(arguments[1]);
            var approve = verdict.equals("approve");
            var entries = audit.inOneTransaction(() -> review(run, approve));
            if (entries == 0) {
                System.err.printf("No outputs of run %s are held as a flood or as HOLLOW.%n", run);
                return ProcessExit.FAILED;
            }
            var agent = journal.run(run).flatMap(found -> agents.named(found.agent()));
            var result = new Reviewed(run, verdict, entries, approve ? deliver(agent) : 0);
            System.out.println(
                    arguments.length > 2
                            ? json.writeValueAsString(result)
                            : "%s: %d outputs, %d delivered now".formatted(verdict, entries, result.delivered()));
            return ProcessExit.COMPLETED;
        }

        private int review(UUID run, boolean approve) {
            var entries = approve ? heldRuns.approve(run) : heldRuns.reject(run);
            if (entries > 0) {
                audit.record(
                        Actor.ofCommand(),
                        approve ? Action.APPROVED : Action.REJECTED,
                        Subject.run(null, run),
                        "%d outputs".formatted(entries));
            }
            return entries;
        }

        /** What fails is delivered by {@code serve}, or by the next run. */
        private int deliver(Optional<RegisteredAgent<?, ?>> agent) throws InterruptedException {
            return agent.isPresent()
                    ? outbox.deliver(agent.get(), Optional.empty()).delivered()
                    : 0;
        }
    }
}
