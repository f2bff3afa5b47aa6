package dev.drydock.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/**
 * A database address as platforms provide it, {@code postgres://user:password@host:port/db?sslmode=require}, in the
 * parts that a JDBC driver wants. Of several hosts, {@code host1:port1,host2:port2}, the driver uses the first that
 * matches. A {@code jdbc:} URL is used unchanged.
 */
public final class DatabaseUrl {

    private static final Pattern SCHEME = Pattern.compile("postgres(ql)?://.+");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:,\\[\\]]+)(:\\d*)?");

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
        var authority = authority(uri);
        // only a password that was not percent-encoded can contain another @
        var at = authority.lastIndexOf('@');
        settings.put("quarkus.datasource.jdbc.url", jdbcUrl(hosts(authority.substring(at + 1)), uri));
        if (at >= 0) {
            var parts = authority.substring(0, at).split(":", 2);
            settings.put("quarkus.datasource.username", decode(parts[0]));
            if (parts.length == 2) {
                settings.put("quarkus.datasource.password", decode(parts[1]));
            }
        }
        return settings;
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "character %d is not allowed; percent-encode special characters in the password"
                            .formatted(e.getIndex() + 1));
        }
    }

    /** User, password and hosts. The rest of the address must not contain a password, because messages quote it. */
    private static String authority(URI uri) {
        var authority = uri.getRawAuthority();
        if (authority == null || uri.getRawFragment() != null) {
            throw noHost();
        }
        if (uri.getRawSchemeSpecificPart()
                .substring("//".length() + authority.length())
                .contains("@")) {
            throw noHost();
        }
        return authority;
    }

    private static String hosts(String hosts) {
        for (var host : hosts.split(",", -1)) {
            if (!HOST.matcher(host).matches()) {
                throw noHost();
            }
        }
        return hosts;
    }

    private static IllegalArgumentException noHost() {
        return new IllegalArgumentException("it has no valid host; percent-encode special characters in the password");
    }

    private static String jdbcUrl(String hosts, URI uri) {
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var query = uri.getRawQuery() == null ? "" : DriverParameters.of(uri.getRawQuery());
        return "jdbc:postgresql://" + hosts + path + (query.isEmpty() ? "" : "?" + query);
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
    }

    /**
     * The parameters of a database address in the JDBC driver's words: platforms write them for libpq, the library that most
     * other languages use, and for ORMs. What the driver does not know it passes over, so that {@code pgbouncer=true} does no
     * harm.
     *
     * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS">libpq's parameters</a>
     * @see <a href="https://jdbc.postgresql.org/documentation/use/">the driver's</a>
     */
    @RegisterForReflection(targets = DefaultJavaSSLFactory.class)
    private static final class DriverParameters {

        private static final Map<String, String> NAMES = Map.of(
                "application_name", "ApplicationName",
                "channel_binding", "channelBinding",
                "connect_timeout", "connectTimeout",
                "gssencmode", "gssEncMode",
                "keepalives", "tcpKeepAlive",
                "sslnegotiation", "sslNegotiation",
                "target_session_attrs", "targetServerType");

        /** Values that are written differently, together with their names. */
        private static final Map<String, String> PAIRS = Map.of(
                "keepalives=0", "tcpKeepAlive=false",
                "keepalives=1", "tcpKeepAlive=true",
                // node-postgres' word for what all others call require
                "sslmode=no-verify", "sslmode=require",
                // the authorities that the platform trusts, here those of the Java runtime
                "sslrootcert=system", "sslfactory=" + DefaultJavaSSLFactory.class.getName(),
                "target_session_attrs=read-write", "targetServerType=primary",
                "target_session_attrs=read-only", "targetServerType=secondary",
                "target_session_attrs=standby", "targetServerType=secondary",
                "target_session_attrs=prefer-standby", "targetServerType=preferSecondary");

        private DriverParameters() {}

        /** The same query, still percent-encoded, for the driver. */
        static String of(String query) {
            return Arrays.stream(query.split("&"))
                    .filter(pair -> !pair.isEmpty())
                    .map(DriverParameters::translated)
                    .collect(Collectors.joining("&"));
        }

        private static String translated(String pair) {
            var whole = PAIRS.get(pair);
            if (whole != null) {
                return whole;
            }
            var parts = pair.split("=", 2);
            return NAMES.getOrDefault(parts[0], parts[0]) + pair.substring(parts[0].length());
        }
    }
}
