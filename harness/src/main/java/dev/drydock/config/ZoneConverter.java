package dev.drydock.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/** Reads a time zone, and an empty setting as none. */
public final class ZoneConverter implements Converter<ZoneId> {

    private static final long serialVersionUID = 1;

    @Override
    public @Nullable ZoneId convert(String value) {
        if (value.isBlank()) {
            return null;
        }
        try {
            return ZoneId.of(value.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a time zone: write one such as Europe/Berlin, or UTC".formatted(value), e);
        }
    }
}
