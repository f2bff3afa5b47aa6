package dev.drydock.config;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.EnvConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Reads secrets from files, as platforms mount them: {@code OPENAI_API_KEY_FILE} names a file that contains
 * {@code OPENAI_API_KEY}. The variable itself overrides its file. Files are read once, at start.
 */
public final class SecretFiles implements ConfigSourceFactory {

    private static final int BELOW_ENVIRONMENT = 299;

    private static final Pattern TWIN = Pattern.compile(
            "((?:" + SettingNames.PREFIXES + ")[A-Z0-9_]*(?:KEY|TOKEN|SECRET|PASSWORD|URL|HEADERS|URI))_FILE");

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var secrets = new HashMap<String, String>();
        context.iterateNames().forEachRemaining(name -> {
            var twin = TWIN.matcher(name);
            if (twin.matches() && !isReadByItself(name)) {
                var setting = context.getValue(name);
                if (setting != null
                        && setting.getValue() != null
                        && !setting.getValue().isBlank()) {
                    put(secrets, twin.group(1), setting.getValue());
                }
            }
        });
        return secrets.isEmpty() ? List.of() : List.of(new EnvConfigSource(secrets, BELOW_ENVIRONMENT));
    }

    private static void put(Map<String, String> secrets, String name, String file) {
        try {
            secrets.put(name, read(file));
        } catch (IOException | InvalidPathException e) {
            // the start-up check names this fault together with all others
        }
    }

    /** Whether a variable names a file with a secret. */
    public static boolean isFileOfSecret(String variable) {
        return TWIN.matcher(variable).matches();
    }

    /** The database's is read anew for each connection. */
    private static boolean isReadByItself(String variable) {
        return variable.equals("DATABASE_PASSWORD_FILE");
    }

    /**
     * The secret in a file, without white space at its ends.
     *
     * @throws IOException if the file cannot be read or is empty
     */
    public static String read(String file) throws IOException {
        var secret = TrimValues.trim(Files.readString(Path.of(TrimValues.trim(file))));
        if (secret.isEmpty()) {
            throw new IOException("it is empty");
        }
        return secret;
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(BELOW_ENVIRONMENT);
    }
}
