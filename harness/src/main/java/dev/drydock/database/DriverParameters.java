package dev.drydock.database;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/**
 * The parameters of a database address in the JDBC driver's words: platforms write them for libpq, the library that most
 * other languages use, and for ORMs. What the driver does not know it passes over, so that {@code pgbouncer=true} does no
 * harm.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS">libpq's parameters</a>
 * @see <a href="https://jdbc.postgresql.org/documentation/use/">the driver's</a>
 */
@RegisterForReflection(targets = DefaultJavaSSLFactory.class)
final class DriverParameters {

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
