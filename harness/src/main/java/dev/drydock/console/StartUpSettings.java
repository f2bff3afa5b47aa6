package dev.drydock.console;

import dev.drydock.config.SecretFiles;
import dev.drydock.config.SettingNames;
import dev.drydock.config.TrimValues;
import dev.drydock.database.DatabaseUrlSource;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The settings as Quarkus is going to read them. They are read here separately, because before Quarkus has started, a native
 * executable knows only those of the machine that built it.
 */
final class StartUpSettings {

    /** Above the one that Java's own Duration comes with, which does not know "5m". */
    private static final int DURATION_PRIORITY = 200;

    /** Where Quarkus reads settings next to the package. https://quarkus.io/guides/config-reference */
    private static final Path BESIDE = Path.of("config", "application.properties");

    private static final int BESIDE_ORDINAL = 260;

    /** The models' prices and limits, and the settings. */
    private static final List<String> PACKAGED =
            List.of("/META-INF/microprofile-config.properties", "/application.properties");

    private StartUpSettings() {}

    /** Without the mapping, which fails on wrong values: for reading names and single values. */
    static SmallRyeConfig unmapped() {
        return builder().build();
    }

    /** All settings with their defaults, and what is wrong with them. */
    static SettingValues values(SettingNames names) {
        return SettingValues.read(StartUpSettings::builder, names);
    }

    /** All faults of the settings, where Quarkus found some and stopped at the first kind. */
    static List<String> faults(ConfigValidationException found) {
        var names = new SettingNames(unmapped());
        var faults = new LinkedHashSet<>(values(names).faults());
        faults.addAll(SettingValues.faults(found, names));
        return List.copyOf(faults);
    }

    private static SmallRyeConfigBuilder builder() {
        var builder = ConfigUtils.emptyConfigBuilder()
                .addSystemSources()
                .withSources(new DotEnvConfigSourceProvider())
                .withSources(new SecretFiles(), new DatabaseUrlSource())
                .withInterceptors(new TrimValues())
                .withConverter(Duration.class, DURATION_PRIORITY, new DurationConverter())
                .withProfile(LaunchMode.current().getProfileKey());
        try {
            for (var packaged : PACKAGED) {
                var url = StartUpSettings.class.getResource(packaged);
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
}
