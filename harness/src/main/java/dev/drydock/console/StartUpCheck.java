package dev.drydock.console;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.SettingsException;
import dev.drydock.database.DatabaseUrl;
import dev.drydock.database.PasswordFile;
import dev.drydock.offline.StandIns;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.DotEnvConfigSourceProvider;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/** Looks over the settings before anything is started, and names all faults at once, each with its remedy. */
final class StartUpCheck {

    /** Above the one that Java's own Duration comes with, which does not know "5m". */
    private static final int DURATION_PRIORITY = 200;

    /** Where Quarkus looks for settings beside the package. https://quarkus.io/guides/config-reference */
    private static final Path BESIDE = Path.of("config", "application.properties");

    private static final int BESIDE_ORDINAL = 260;

    /** The models' prices and limits, and the settings. */
    private static final List<String> PACKAGED =
            List.of("/META-INF/microprofile-config.properties", "/application.properties");

    /** Held, because the log manager forgets the levels of loggers that nobody holds. */
    private static final Logger VALIDATOR_LOG = Logger.getLogger("org.hibernate.validator");

    private StartUpCheck() {}

    /** Ends the process with one message on standard error if anything is missing or wrong. */
    static void orExit() {
        VALIDATOR_LOG.setLevel(Level.WARNING); // this early its greeting would stand unformatted among the JSON lines
        var faults = faults();
        if (!faults.isEmpty()) {
            System.err.println(new SettingsException(faults).getMessage());
            System.exit(Exits.WRONG_SETTINGS);
        }
    }

    private static List<String> faults() {
        if (StandIns.arePresent()) {
            return List.of(); // dev mode: nothing is missing, and faults show on its page until they are mended
        }
        var faults = new ArrayList<>(missing(settings().build()));
        try {
            settings().withMapping(DrydockConfig.class).build();
        } catch (ConfigValidationException e) {
            faults.addAll(problems(e));
        }
        return faults;
    }

    /**
     * The settings as Quarkus is going to read them. They are read here for themselves, because before Quarkus has
     * started, a native executable knows only those of the machine that built it.
     */
    private static SmallRyeConfigBuilder settings() {
        var builder = ConfigUtils.emptyConfigBuilder()
                .addSystemSources()
                .withSources(new DotEnvConfigSourceProvider())
                .withConverter(Duration.class, DURATION_PRIORITY, new DurationConverter())
                .withProfile(LaunchMode.NORMAL.getProfileKey());
        try {
            for (var packaged : PACKAGED) {
                var url = StartUpCheck.class.getResource(packaged);
                if (url != null) {
                    builder.withSources(new PropertiesConfigSource(url));
                }
            }
            if (Files.exists(BESIDE)) {
                builder.withSources(new PropertiesConfigSource(BESIDE.toUri().toURL(), BESIDE_ORDINAL));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder;
    }

    /** A line for each setting that has a wrong value. */
    static List<String> problems(ConfigValidationException faults) {
        return IntStream.range(0, faults.getProblemCount())
                .mapToObj(at -> faults.getProblem(at).getMessage().replaceFirst("^[\\w.]+Exception: SRCFG\\d+: ", ""))
                .toList();
    }

    /** What production must have and nothing can stand in for. */
    static List<String> missing(SmallRyeConfig config) {
        var faults = database(config);
        if (config.getOptionalValue("OPENAI_API_KEY", String.class).isEmpty()
                && config.getOptionalValue("OPENAI_BASE_URL", String.class).isEmpty()) {
            faults.add("OPENAI_API_KEY is missing. Set it to your provider's key;"
                    + " for a local server that wants none, set OPENAI_BASE_URL");
        }
        if (config.getOptionalValue("drydock.alerts.mail.to", String.class).isPresent()
                && config.getOptionalValue("quarkus.mailer.from", String.class).isEmpty()) {
            faults.add("QUARKUS_MAILER_FROM is missing. Set it to the address that alerts come from by mail");
        }
        return faults;
    }

    private static List<String> database(SmallRyeConfig config) {
        var faults = new ArrayList<String>();
        var url = config.getOptionalValue("DATABASE_URL", String.class);
        if (url.isPresent()) {
            try {
                DatabaseUrl.toSettings(url.get().strip());
            } catch (IllegalArgumentException e) {
                faults.add(
                        "DATABASE_URL cannot be read: %s. Write postgres://user:password@host:port/database?sslmode=require"
                                .formatted(e.getMessage()));
            }
        } else if (config.getOptionalValue("quarkus.datasource.jdbc.url", String.class)
                .isEmpty()) {
            faults.add(
                    "DATABASE_URL is missing. Set it to your PostgreSQL: postgres://user:password@host:port/database");
        }
        config.getOptionalValue(PasswordFile.SETTING, String.class).ifPresent(file -> {
            try {
                PasswordFile.read(file.strip());
            } catch (IOException | InvalidPathException e) {
                faults.add("%s cannot be read: %s. Set it to a file that holds the password and nothing else"
                        .formatted(PasswordFile.SETTING, file));
            }
        });
        return faults;
    }
}
