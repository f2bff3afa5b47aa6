package dev.drydock.database;

import dev.drydock.config.SecretFiles;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Sets up the data source from {@code DATABASE_URL} and {@code DATABASE_PASSWORD_FILE}, over what
 * {@code application.properties} says.
 */
public final class DatabaseUrlSource implements ConfigSourceFactory {

    private static final int ABOVE_APPLICATION_PROPERTIES = 270;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var settings = new HashMap<String, String>();
        url(context).ifPresent(url -> settings.putAll(settings(url)));
        value(context, PasswordFile.SETTING).ifPresent(file -> {
            settings.remove("quarkus.datasource.password");
            settings.putAll(PasswordFile.toSettings(file));
        });
        return settings.isEmpty()
                ? List.of()
                : List.of(new PropertiesConfigSource(settings, "DATABASE_URL", ABOVE_APPLICATION_PROPERTIES));
    }

    /** Also from its file, because factories of sources do not see each other. */
    private static Optional<String> url(ConfigSourceContext context) {
        return value(context, "DATABASE_URL")
                .or(() -> value(context, "DATABASE_URL_FILE").flatMap(DatabaseUrlSource::read));
    }

    private static Optional<String> read(String file) {
        try {
            return Optional.of(SecretFiles.read(file));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty(); // the start-up check names this fault together with all others
        }
    }

    private static Optional<String> value(ConfigSourceContext context, String name) {
        return Optional.ofNullable(context.getValue(name))
                .flatMap(setting -> Optional.ofNullable(setting.getValue()))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static Map<String, String> settings(String url) {
        try {
            return DatabaseUrl.toSettings(url);
        } catch (IllegalArgumentException e) {
            return Map.of(); // the start-up check names this fault together with all others
        }
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ABOVE_APPLICATION_PROPERTIES);
    }
}
