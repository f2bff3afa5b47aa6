package dev.drydock.console;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.SettingsException;
import dev.drydock.journal.DatabaseUrl;
import dev.drydock.offline.StandIns;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;

/** Looks over the settings before anything is started, and names all faults at once, each with its remedy. */
final class StartUpCheck {

    /** Above the one that Java's own Duration comes with, which does not know "5m". */
    private static final int DURATION_PRIORITY = 200;

    private StartUpCheck() {}

    /** Ends the process with one message on standard error if anything is missing or wrong. */
    static void orExit() {
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
        var config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        var faults = new ArrayList<>(missing(config));
        faults.addAll(malformed(config));
        return faults;
    }

    /** Reads all of Drydock's settings once, with the same rules as later, only to hear what is wrong with them. */
    private static List<String> malformed(SmallRyeConfig config) {
        try {
            var builder = new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .withConverter(Duration.class, DURATION_PRIORITY, new DurationConverter())
                    .withProfiles(config.getProfiles())
                    .withMapping(DrydockConfig.class);
            config.getConfigSources().forEach(builder::withSources);
            builder.build();
            return List.of();
        } catch (ConfigValidationException e) {
            return IntStream.range(0, e.getProblemCount())
                    .mapToObj(at -> e.getProblem(at).getMessage())
                    .toList();
        }
    }

    /** What production must have and nothing can stand in for. */
    static List<String> missing(SmallRyeConfig config) {
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
        if (config.getOptionalValue("OPENAI_API_KEY", String.class).isEmpty()
                && config.getOptionalValue("OPENAI_BASE_URL", String.class).isEmpty()) {
            faults.add("OPENAI_API_KEY is missing. Set it to your provider's key;"
                    + " for a local server that wants none, set OPENAI_BASE_URL");
        }
        return faults;
    }
}
