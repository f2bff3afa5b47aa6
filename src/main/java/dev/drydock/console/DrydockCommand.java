package dev.drydock.console;

import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code drydock}: without a command of its own, it serves. */
@Command(
        name = "drydock",
        description = "Runs scheduled LLM agents.",
        mixinStandardHelpOptions = true,
        versionProvider = DrydockCommand.Version.class,
        subcommands = {ServeCommand.class, RunCommand.class})
final class DrydockCommand implements Runnable {

    @Override
    public void run() {
        new ServeCommand().run();
    }

    /** Names the application's version, as the build wrote it down. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            var config = ConfigProvider.getConfig();
            return new String[] {
                "drydock "
                        + config.getOptionalValue("quarkus.application.version", String.class)
                                .orElse("unknown")
            };
        }
    }
}
