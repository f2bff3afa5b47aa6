package dev.drydock.console;

import dev.drydock.journal.Observations;
import dev.drydock.journal.Observations.Kind;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rehearse rollback|restore}: records that people tried it. */
@Command(
        name = "rehearse",
        description = "Records that a rollback of the release, or a restore of the database, was rehearsed, for check.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:recorded", "2:wrong usage or settings"})
final class RehearseCommand implements Runnable {

    /** What can be rehearsed. */
    enum What {
        ROLLBACK,
        RESTORE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
    What what = What.ROLLBACK;

    @Option(names = "--took", paramLabel = "TIME", description = "How long it took, as in 3m or 90s.")
    String took = "";

    @Override
    public void run() {
        var time = took.isEmpty() ? "" : duration().toString();
        OneShot.run(Once.class, what.name(), time);
    }

    private Duration duration() {
        try {
            return DurationConverter.parseDuration(took);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    command.commandLine(), "--took: \"%s\" is not a time; write one such as 3m".formatted(took));
        }
    }

    /** Runs when the application has started. */
    public static final class Once implements QuarkusApplication {

        private final Observations observations;

        Once(Observations observations) {
            this.observations = observations;
        }

        @Override
        public int run(String... arguments) {
            var took = arguments[1].isEmpty() ? null : Duration.parse(arguments[1]);
            var what = What.valueOf(arguments[0]);
            observations.store(Kind.valueOf(what.name()), "", true, "recorded by rehearse", took);
            System.out.printf(
                    "Recorded the %s%s. See it with: ./drydock check%n",
                    what, took == null ? ", without the time that it took (--took 3m)" : "");
            return ProcessExit.COMPLETED;
        }
    }
}
