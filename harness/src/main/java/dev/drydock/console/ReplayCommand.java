package dev.drydock.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Observations;
import dev.drydock.journal.Observations.Kind;
import dev.drydock.judge.replay.ReplayReport;
import dev.drydock.judge.replay.ReplayRun;
import dev.drydock.judge.replay.Variant;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: what production decided, the same from the records, and a variant. */
@Command(
        name = "replay",
        description = "Decides recorded entries again and prints what differs: first by today's code with the recorded"
                + " answers, then by a variant, if --prompt, --model or --live is given. Delivers nothing, calls no"
                + " tool that changes the world.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:today's code decides the same from the records",
            "1:failed",
            "2:wrong usage or settings, or an unknown run or entry",
            "5:today's code decides otherwise"
        })
final class ReplayCommand implements Runnable {

    private static final String RUN = "run";
    private static final String ENTRY = "entry";
    private static final String SINCE = "since";

    @Spec
    CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The id of a run.")
    String run = "";

    @Option(names = "--entry", paramLabel = "ID", description = "One entry in place of a run.")
    String entry = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "All entries decided since then: 2026-01-31, 2026-01-31T07:15:00Z, or 30d: 30 days ago.")
    String since = "";

    @Option(
            names = "--prompt",
            paramLabel = "FILE",
            description = "A variant: the text of this file in place of the system message.")
    @Nullable
    Path prompt;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "A variant: this model in place of the configured one.")
    String model = "";

    @Option(
            names = "--live",
            description = "Ask the models, at their price and within the budget. Without it, a variant answers only"
                    + " what is on record.")
    boolean live;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Override
    public void run() {
        if (Stream.of(run, entry, since).filter(one -> !one.isEmpty()).count() != 1) {
            throw wrong("name one of: the id of a run, --entry ID, --since TIME");
        }
        var kind = !run.isEmpty() ? RUN : !entry.isEmpty() ? ENTRY : SINCE;
        var which = !since.isEmpty()
                ? Since.parse(command, since, Instant.now()).toString()
                : id(run.isEmpty() ? entry : run).toString();
        var text = prompt == null ? "" : read(prompt);
        OneShot.run(live, Once.class, kind, which, text, model, String.valueOf(live), String.valueOf(json));
    }

    private UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw wrong("\"%s\" is no id; ids are UUIDs, as GET /api/runs shows them".formatted(text));
        }
    }

    private String read(Path file) {
        try {
            var text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw wrong("--prompt: %s is empty".formatted(file));
            }
            return text;
        } catch (IOException e) {
            throw wrong("--prompt: cannot read %s as text (%s)"
                    .formatted(file, e.getClass().getSimpleName()));
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(command.commandLine(), what);
    }

    /** Runs when the application has started. */
    public static final class Once implements QuarkusApplication {

        private final ReplayRun replay;
        private final JournalQueries journal;
        private final Observations observations;
        private final InstantSource clock;
        private final ObjectMapper json;

        Once(
                ReplayRun replay,
                JournalQueries journal,
                Observations observations,
                InstantSource clock,
                ObjectMapper json) {
            this.replay = replay;
            this.journal = journal;
            this.observations = observations;
            this.clock = clock;
            this.json = json;
        }

        @Override
        public int run(String... arguments) throws InterruptedException, JsonProcessingException {
            var variant = new Variant(given(arguments[2]), given(arguments[3]), Boolean.parseBoolean(arguments[4]));
            var begun = clock.instant();
            var report = replay(arguments[0], arguments[1], variant);
            if (report.isEmpty()) {
                System.err.printf("There is no %s %s.%n", arguments[0], arguments[1]);
                return ProcessExit.WRONG_SETTINGS;
            }
            if (report.get().entries() > 0) {
                observations.store(
                        Kind.REPLAY,
                        "",
                        !report.get().differs(),
                        "replay of %,d entries".formatted(report.get().entries()),
                        Duration.between(begun, clock.instant()));
            }
            System.out.println(
                    Boolean.parseBoolean(arguments[5])
                            ? json.writeValueAsString(report.get())
                            : ReplayText.of(report.get()));
            return exitCode(report.get());
        }

        static int exitCode(ReplayReport report) {
            return report.differs() ? ProcessExit.DIFFERS : ProcessExit.COMPLETED;
        }

        private Optional<ReplayReport> replay(String kind, String which, Variant variant) throws InterruptedException {
            return switch (kind) {
                case RUN ->
                    journal.run(UUID.fromString(which)).isEmpty()
                            ? Optional.empty()
                            : Optional.of(replay.ofRun(UUID.fromString(which), variant));
                case ENTRY ->
                    journal.entry(UUID.fromString(which)).isEmpty()
                            ? Optional.empty()
                            : Optional.of(replay.ofEntry(UUID.fromString(which), variant));
                default -> Optional.of(replay.since(Instant.parse(which), variant));
            };
        }

        private static Optional<String> given(String text) {
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
    }
}
