package dev.drydock.console;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/** The way in: reads the command line before anything is started, so that {@code --help} needs nothing else. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... arguments) {
        var exitCode = commandLine().execute(arguments);
        if (exitCode != CommandLine.ExitCode.OK) {
            System.exit(exitCode);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new DrydockCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
