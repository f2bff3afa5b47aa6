package dev.drydock.config;

import java.net.URI;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/** Reads the address of an HTTP server, and an empty setting as none. */
public final class WebAddressConverter implements Converter<URI> {

    private static final long serialVersionUID = 1;

    @Override
    public @Nullable URI convert(String value) {
        if (value.isBlank()) {
            return null;
        }
        var address = URI.create(value.strip());
        if (!String.valueOf(address.getScheme()).matches("https?") || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "\"%s\" is no web address: write one such as https://api.example.com/v1".formatted(value));
        }
        return address;
    }
}
