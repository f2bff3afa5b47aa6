package dev.drydock.database;

import dev.drydock.config.SecretFiles;
import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The password of the database in a file, {@code DATABASE_PASSWORD_FILE}, as platforms mount secrets. It is read anew for
 * each new connection, so that it can change without a restart; those that are open stay open.
 */
@Singleton
@Unremovable // it is looked up by its name
@Named(PasswordFile.NAME)
public final class PasswordFile implements CredentialsProvider {

    public static final String SETTING = "DATABASE_PASSWORD_FILE";

    static final String NAME = "password-file";

    PasswordFile() {}

    /** Quarkus' settings of the data source. Quarkus passes the file's name to {@link #getCredentials}. */
    static Map<String, String> toSettings(String file) {
        return Map.of(
                "quarkus.datasource.credentials-provider", file, "quarkus.datasource.credentials-provider-name", NAME);
    }

    /**
     * The password in the file.
     *
     * @throws IOException if it cannot be read or is empty
     */
    public static String read(String file) throws IOException {
        return SecretFiles.read(file);
    }

    @Override
    public Map<String, String> getCredentials(String file) {
        try {
            return Map.of(PASSWORD_PROPERTY_NAME, read(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the database password from " + file, e);
        }
    }
}
