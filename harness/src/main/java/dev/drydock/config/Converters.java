package dev.drydock.config;

import io.quarkus.runtime.configuration.DurationConverter;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Converters of settings. An empty setting counts as not set. No message quotes an address: it may contain a password or be a
 * secret itself.
 */
public final class Converters {

    private Converters() {}

    private static URI uri(String text, Pattern schemes, String fault) {
        try {
            var address = URI.create(text);
            if (address.getHost() != null
                    && schemes.matcher(String.valueOf(address.getScheme())).matches()) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // its message quotes the text
        }
        throw new IllegalArgumentException(fault);
    }

    /** The address of an HTTP server. */
    public static final class WebAddress implements Converter<URI> {

        private static final long serialVersionUID = 1;
        private static final Pattern SCHEMES = Pattern.compile("(?i)https?");
        private static final String FAULT = "is not a web address: write one such as https://api.example.com/v1";

        @Override
        public @Nullable URI convert(String value) {
            var text = TrimValues.trim(value);
            return text.isEmpty() ? null : uri(text, SCHEMES, FAULT);
        }
    }

    /** The address of a feed: a web address, a {@code file:} address or a path. */
    public static final class FeedAddress implements Converter<URI> {

        private static final long serialVersionUID = 1;

        @Override
        public @Nullable URI convert(String value) {
            var address = TrimValues.trim(value);
            if (address.startsWith("file:")) {
                return URI.create(address);
            }
            return address.isEmpty() || address.contains(":")
                    ? new WebAddress().convert(address)
                    : Path.of(address).toUri();
        }
    }

    /** The address of an HTTP proxy, with or without {@code http://}. */
    public static final class ProxyAddress implements Converter<URI> {

        private static final long serialVersionUID = 1;
        private static final Pattern SCHEMES = Pattern.compile("(?i)http");
        private static final String FAULT = "is not the address of an HTTP proxy: write http://host:port"
                + " or http://user:password@host:port, with special characters of the password percent-encoded";

        @Override
        public @Nullable URI convert(String value) {
            var text = TrimValues.trim(value);
            return text.isEmpty() ? null : uri(text.contains("://") ? text : "http://" + text, SCHEMES, FAULT);
        }
    }

    /** A duration that would have no use below a second. */
    public static final class AtLeastASecond implements Converter<Duration> {

        private static final long serialVersionUID = 1;

        @Override
        public @Nullable Duration convert(String value) {
            var duration = DurationConverter.parseDuration(TrimValues.trim(value));
            if (duration != null && duration.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("must be at least 1s");
            }
            return duration;
        }
    }

    /** A time zone. */
    public static final class Zone implements Converter<ZoneId> {

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
}
