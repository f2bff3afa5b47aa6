package dev.drydock;

import dev.drydock.config.DrydockConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** Settings for tests that need no application: the defaults, save what a test names. */
public final class TestSettings {

    private TestSettings() {}

    public static DrydockConfig of(Map<String, String> settings) {
        return build(builder().withSources(new PropertiesConfigSource(settings, "test", 400)));
    }

    public static DrydockConfig ofEnvironment(Map<String, String> environment) {
        return build(builder(environment));
    }

    /** Of settings that may be wrong: without a check of constraints, as before the application has started. */
    public static SmallRyeConfigBuilder builder(Map<String, String> environment) {
        return builder().withSources(new EnvConfigSource(environment, 300));
    }

    private static SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withConverter(Duration.class, 200, new DurationConverter());
    }

    private static DrydockConfig build(SmallRyeConfigBuilder builder) {
        return builder.addDiscoveredCustomizers()
                .withMapping(DrydockConfig.class)
                .build()
                .getConfigMapping(DrydockConfig.class);
    }
}
