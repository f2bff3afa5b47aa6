package dev.drydock.connect;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.SettingsException;
import dev.drydock.http.HttpClients;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The feed sources that are set under {@code drydock.feeds}, by name. */
@Singleton
public class FeedSources {

    /** For all feeds of a source, which are asked at the same time; one that has not answered by then is skipped, and named. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Map<String, FeedSource> byName = new HashMap<>();

    @Inject
    FeedSources(DrydockConfig config, HttpClients clients, FeedMemory memory, InstantSource clock) {
        this(config, clients, memory, clock, TIMEOUT);
    }

    FeedSources(DrydockConfig config, HttpClients clients, FeedMemory memory, InstantSource clock, Duration timeout) {
        config.feeds()
                .forEach((name, settings) -> byName.put(
                        name, new FeedSource(settings, clients.followingRedirects(), memory, clock, timeout)));
    }

    /**
     * The source of this name. Call it in the agent's constructor, so that a missing setting stops the start.
     *
     * @throws SettingsException if {@code drydock.feeds.NAME.urls} is not set
     */
    public FeedSource named(String name) {
        var source = byName.get(name);
        if (source == null) {
            throw new SettingsException(
                    "drydock.feeds.%s.urls is missing: set it to the addresses of feeds, separated by commas"
                            .formatted(name));
        }
        return source;
    }
}
