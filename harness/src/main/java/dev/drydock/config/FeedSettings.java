package dev.drydock.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;

/** One ready-made feed source: feeds that are read together. */
public interface FeedSettings {

    /** Addresses of RSS and Atom feeds; of files too, for samples. */
    List<@WithConverter(Converters.FeedAddress.class) URI> urls();

    /** A larger feed is passed over, and named. */
    @WithDefault("5242880")
    @Min(1024)
    int maxBytes();
}
