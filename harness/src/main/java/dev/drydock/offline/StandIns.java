package dev.drydock.offline;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * In dev mode and tests, and there only where nothing else is set: starts the stand-ins and sets their addresses.
 *
 * <p>As a source of settings it comes before everything that needs an address, at each start and restart.
 */
public final class StandIns implements ConfigSourceFactory {

    /** Above application.properties, below the environment. */
    private static final int ORDINAL = 260;

    private static final Set<String> PROFILES = Set.of("dev", "test");

    /** Whether what they run on is on the class path, as it is in dev mode and tests alone. */
    public static boolean arePresent() {
        try {
            Class.forName(
                    "io.zonky.test.db.postgres.embedded.EmbeddedPostgres",
                    false,
                    Thread.currentThread().getContextClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (context.getProfiles().stream().noneMatch(PROFILES::contains)) {
            return List.of();
        }
        var keep = context.getProfiles().contains("dev");
        var settings = new HashMap<String, String>();
        for (var standIn : ServiceLoader.load(StandIn.class, StandIn.class.getClassLoader())) {
            if (standIn.isNeeded(context)) {
                settings.putAll(standIn.settings(keep));
            }
        }
        return List.of(new PropertiesConfigSource(Map.copyOf(settings), "stand-ins", ORDINAL));
    }
}
