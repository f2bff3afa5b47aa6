package dev.drydock.config;

import java.net.URI;
import java.nio.file.Path;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/** Reads the address of a feed: on the web, or of a file, as a {@code file:} address or a path. */
public final class FeedAddressConverter implements Converter<URI> {

    private static final long serialVersionUID = 1;

    private static final WebAddressConverter WEB = new WebAddressConverter();

    @Override
    public @Nullable URI convert(String value) {
        var address = TrimValues.trim(value);
        if (address.startsWith("file:")) {
            return URI.create(address);
        }
        return address.isEmpty() || address.contains(":")
                ? WEB.convert(address)
                : Path.of(address).toUri();
    }
}
