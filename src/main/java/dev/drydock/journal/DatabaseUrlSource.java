package dev.drydock.journal;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Sets up the data source from {@code DATABASE_URL}, over what {@code application.properties} says. */
public final class DatabaseUrlSource implements ConfigSourceFactory {

    private static final int ABOVE_APPLICATION_PROPERTIES = 270;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var url = context.getValue("DATABASE_URL");
        if (url == null || url.getValue() == null || url.getValue().isBlank()) {
            return List.of();
        }
        return List.of(new PropertiesConfigSource(
                settings(url.getValue().strip()), "DATABASE_URL", ABOVE_APPLICATION_PROPERTIES));
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
