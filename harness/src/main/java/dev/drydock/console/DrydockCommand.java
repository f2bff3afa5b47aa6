package dev.drydock.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * {@code drydock}: without a command, the same as {@code serve}. The command line is parsed before anything starts, so that
 * {@code --help} needs no database, secret or network.
 */
@QuarkusMain
@Command(
        name = "drydock",
        description = "Runs scheduled LLM agents.",
        footer = "In a checkout, ./drydock also has new and upgrade; see their --help.",
        mixinStandardHelpOptions = true,
        versionProvider = DrydockCommand.Version.class,
        subcommands = {
            ServeCommand.class,
            RunCommand.class,
            HeldRunCommand.Approve.class,
            HeldRunCommand.Reject.class,
            RetryCommand.class,
            CasesCommand.class,
            ReplayCommand.class,
            AlertTestCommand.class,
            ModelCheckCommand.class,
            CostCommand.class,
            EvalCommand.class,
            CheckCommand.class,
            ScorecardCommand.class,
            RehearseCommand.class
        })
public final class DrydockCommand implements Runnable {

    public static void main(String... arguments) {
        var exitCode = commandLine().execute(arguments);
        if (exitCode != CommandLine.ExitCode.OK) {
            System.exit(exitCode);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new DrydockCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public void run() {
        new ServeCommand().run();
    }

    /** The version, written by the build. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() throws IOException {
            try (var in = Objects.requireNonNull(DrydockCommand.class.getResourceAsStream("/version.txt"))) {
                return new String[] {"drydock " + new String(in.readAllBytes(), UTF_8).strip()};
            }
        }
    }
}
