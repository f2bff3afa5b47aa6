package dev.drydock.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code drydock}: without a command, the same as {@code serve}. */
@Command(
        name = "drydock",
        description = "Runs scheduled LLM agents.",
        footer = "In a checkout, ./drydock also has new and upgrade; see their --help.",
        mixinStandardHelpOptions = true,
        versionProvider = DrydockCommand.Version.class,
        subcommands = {ServeCommand.class, RunCommand.class, AlertTestCommand.class})
final class DrydockCommand implements Runnable {

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
