package dev.drydock.database;

import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.postgresql.Driver;

/**
 * One attempt to connect before the application starts, which distinguishes wrong settings from an outage.
 *
 * @param wrongSettings whether another attempt will fail, too: unknown host or database, wrong user or password
 * @param reason why there is no connection, with the remedy; empty if there is one
 */
public record DatabaseProbe(boolean connected, boolean wrongSettings, String reason) {

    /** No attempt. */
    public static final DatabaseProbe NONE = new DatabaseProbe(true, false, "");

    private static final String PROPERTIES = "quarkus.datasource.jdbc.additional-jdbc-properties.";
    private static final String TIMEOUT_SECONDS = "5";

    /** Takes at most some seconds for each host of the address. Reads the data source's settings. */
    public static DatabaseProbe connect(Config config) {
        var url = config.getValue("quarkus.datasource.jdbc.url", String.class);
        try (var connection = new Driver().connect(url, properties(config))) {
            return new DatabaseProbe(true, false, "");
        } catch (SQLException e) {
            return failed(e);
        } catch (IOException e) {
            return new DatabaseProbe(
                    false, true, "%s cannot be read: %s".formatted(PasswordFile.SETTING, e.getMessage()));
        }
    }

    private static Properties properties(Config config) throws IOException {
        var properties = new Properties();
        for (var name : config.getPropertyNames()) {
            if (name.startsWith(PROPERTIES)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> properties.setProperty(
                                name.substring(PROPERTIES.length()).replace("\"", ""), value));
            }
        }
        properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
        properties.setProperty("loginTimeout", TIMEOUT_SECONDS);
        config.getOptionalValue("quarkus.datasource.username", String.class)
                .ifPresent(user -> properties.setProperty("user", user));
        config.getOptionalValue("quarkus.datasource.password", String.class)
                .ifPresent(password -> properties.setProperty("password", password));
        var file = config.getOptionalValue(PasswordFile.SETTING, String.class);
        if (file.isPresent()) {
            properties.setProperty("password", PasswordFile.read(file.get()));
        }
        return properties;
    }

    private static DatabaseProbe failed(SQLException fault) {
        var unknown = Stream.iterate((Throwable) fault, cause -> cause != null, Throwable::getCause)
                .filter(UnknownHostException.class::isInstance)
                .findFirst();
        if (unknown.isPresent()) {
            return new DatabaseProbe(
                    false,
                    true,
                    "DATABASE_URL: there is no host named %s"
                            .formatted(unknown.get().getMessage()));
        }
        if (Database.isRefused(fault)) {
            return new DatabaseProbe(
                    false,
                    true,
                    "DATABASE_URL: %s. Correct the user, the password or the database's name"
                            .formatted(fault.getMessage()));
        }
        return Database.isUnavailable(fault)
                ? new DatabaseProbe(false, false, Database.cannotConnect(String.valueOf(fault.getMessage())))
                : new DatabaseProbe(true, false, ""); // for another reason, which the pool may overcome
    }
}
