package dev.drydock.config;

import java.net.URI;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/** Reads the address of an HTTP proxy, with or without {@code http://}. Never quotes it: it may contain a password. */
public final class ProxyAddressConverter implements Converter<URI> {

    private static final long serialVersionUID = 1;

    private static final String FAULT = "is no address of an HTTP proxy: write http://host:port"
            + " or http://user:password@host:port, with special characters of the password percent-encoded";

    @Override
    public @Nullable URI convert(String value) {
        var text = TrimValues.trim(value);
        if (text.isEmpty()) {
            return null;
        }
        URI address;
        try {
            address = URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FAULT);
        }
        if (!"http".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException(FAULT);
        }
        return address;
    }
}
