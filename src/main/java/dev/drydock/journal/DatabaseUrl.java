package dev.drydock.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A database address as platforms hand it out, {@code postgres://user:password@host:port/db?sslmode=require}, in the
 * parts that a JDBC driver wants. A {@code jdbc:} URL is taken as it is.
 */
public final class DatabaseUrl {

    private static final Pattern SCHEME = Pattern.compile("postgres(ql)?://.+");

    private DatabaseUrl() {}

    /**
     * Reads an address into Quarkus' settings of the data source.
     *
     * @throws IllegalArgumentException with a message that never repeats the address, for it holds a password
     */
    public static Map<String, String> toSettings(String url) {
        var settings = new LinkedHashMap<String, String>();
        if (url.startsWith("jdbc:postgresql:")) {
            settings.put("quarkus.datasource.jdbc.url", url);
            return settings;
        }
        if (!SCHEME.matcher(url).matches()) {
            throw new IllegalArgumentException("it must start with postgres://, postgresql:// or jdbc:postgresql:");
        }
        var uri = parse(url);
        settings.put("quarkus.datasource.jdbc.url", jdbcUrl(uri));
        var userInfo = uri.getRawUserInfo();
        if (userInfo != null) {
            var parts = userInfo.split(":", 2);
            settings.put("quarkus.datasource.username", decode(parts[0]));
            if (parts.length == 2) {
                settings.put("quarkus.datasource.password", decode(parts[1]));
            }
        }
        return settings;
    }

    private static URI parse(String url) {
        try {
            var uri = new URI(url);
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("it names no host that can be read");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "character %d cannot stand there; percent-encode the password's special characters"
                            .formatted(e.getIndex() + 1));
        }
    }

    private static String jdbcUrl(URI uri) {
        var port = uri.getPort() == -1 ? "" : ":" + uri.getPort();
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var query = uri.getRawQuery() == null ? "" : "?" + driverNames(uri.getRawQuery());
        return "jdbc:postgresql://" + uri.getHost() + port + path + query;
    }

    /** libpq and the JDBC driver write one parameter differently. */
    private static String driverNames(String query) {
        return query.replaceAll("(^|&)channel_binding=", "$1channelBinding=");
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
    }
}
