package dev.drydock.config;

import java.net.URI;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/** Reads the address of an HTTP server, and an empty setting as none. */
public final class WebAddressConverter implements Converter<URI> {

    private static final long serialVersionUID = 1;

    /** Never quotes the value: it may contain a password or be a secret itself. */
    static final String FAULT = "is not a web address: write one such as https://api.example.com/v1";

    @Override
    public @Nullable URI convert(String value) {
        var text = TrimValues.trim(value);
        if (text.isEmpty()) {
            return null;
        }
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FAULT);
        }
        if (!String.valueOf(address.getScheme()).matches("(?i)https?") || address.getHost() == null) {
            throw new IllegalArgumentException(FAULT);
        }
        return address;
    }
}
