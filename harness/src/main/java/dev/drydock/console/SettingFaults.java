package dev.drydock.console;

import dev.drydock.config.SecretFiles;
import dev.drydock.config.SettingNames;
import dev.drydock.config.TrimValues;
import dev.drydock.database.DatabaseUrl;
import dev.drydock.database.PasswordFile;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What is wrong with the settings as they were written, each fault with its remedy. */
final class SettingFaults {

    private static final Pattern QUOTED = Pattern.compile("(?s)(\"|'|\u201C).*(\"|'|\u201D)");

    /** Regular expressions, which may begin and end with a quote. */
    private static final Pattern MAY_BE_QUOTED = Pattern.compile("(?i)drydock[._]redact[._].*");

    private static final Pattern LANGCHAIN4J = Pattern.compile("(?i)quarkus[._]langchain4j[._](?:openai[._])?(.+)");

    /** Settings of the platform's own client, and the one that Drydock's client reads. */
    private static final Map<String, String> INSTEAD = Map.of(
            "api-key", "OPENAI_API_KEY",
            "base-url", "OPENAI_BASE_URL",
            "chat-model.model-name", "OPENAI_MODEL",
            "chat-model.temperature", "DRYDOCK_MODEL_TEMPERATURE",
            "chat-model.max-tokens", "DRYDOCK_MODEL_MAX_OUTPUT_TOKENS",
            "chat-model.max-completion-tokens", "DRYDOCK_MODEL_MAX_OUTPUT_TOKENS",
            "temperature", "DRYDOCK_MODEL_TEMPERATURE",
            "timeout", "DRYDOCK_MODEL_TIMEOUT");

    /** All of them, or none. */
    private static final List<String> IDENTITY_PROVIDER =
            List.of("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET");

    private final SmallRyeConfig config;
    private final SettingNames names;

    SettingFaults(SmallRyeConfig config, SettingNames names) {
        this.config = config;
        this.names = names;
    }

    /** What has no effect or another one than was meant, in any mode. */
    List<String> misleading() {
        var faults = new ArrayList<String>();
        written().forEach((name, value) -> {
            if (SettingNames.isOurs(name) && isQuoted(name, value)) {
                faults.add("%s is in quotes: write the value without them".formatted(name));
            }
            if (SecretFiles.isFileOfSecret(name) && !name.equals(PasswordFile.SETTING) && !value.isBlank()) {
                unreadable(name, value, faults);
            }
            var ignored = LANGCHAIN4J.matcher(name);
            if (ignored.matches()) {
                faults.add("%s has no effect: %s".formatted(name, instead(ignored.group(1))));
            }
        });
        identityProvider(faults);
        names.unknown()
                .forEach(name -> faults.add("%s is not a setting%s"
                        .formatted(
                                name,
                                names.nearest(name)
                                        .map(near -> ": did you mean " + near + "?")
                                        .orElse(": remove it, or see docs/configuration.md for its name"))));
        return faults;
    }

    private void identityProvider(List<String> faults) {
        var missing = IDENTITY_PROVIDER.stream()
                .filter(variable -> !isOidcSet(variable))
                .toList();
        if (missing.size() < IDENTITY_PROVIDER.size() || isOidcSet("OIDC_ROLES_CLAIM")) {
            missing.forEach(variable -> faults.add(
                    "%s is missing. Set it for the login by OpenID Connect, or remove all variables that begin with OIDC_"
                            .formatted(variable)));
        }
    }

    /** As a variable, or as a property such as {@code drydock.oidc.client-id}. */
    private boolean isOidcSet(String variable) {
        return isSet(variable)
                || isSet("drydock.oidc."
                        + variable.substring("OIDC_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'));
    }

    /** Settings that production requires besides the database, and that have no default. */
    List<String> missing(boolean asksModels) {
        var faults = new ArrayList<String>();
        if (asksModels && !isSet("OPENAI_API_KEY") && !isSet("OPENAI_BASE_URL")) {
            faults.add("OPENAI_API_KEY is missing. Set it to your provider's key;"
                    + " for a local server without a key, set OPENAI_BASE_URL");
        }
        if (isSet("drydock.alerts.mail.to") && !isSet("quarkus.mailer.from")) {
            faults.add("QUARKUS_MAILER_FROM is missing. Set it to the address that alerts come from by mail");
        }
        return faults;
    }

    /** What is missing or cannot be read for a connection to the database. */
    List<String> database() {
        var faults = new ArrayList<String>();
        var url = config.getOptionalValue("DATABASE_URL", String.class);
        if (url.isPresent()) {
            try {
                DatabaseUrl.toSettings(url.get());
            } catch (IllegalArgumentException e) {
                faults.add(
                        "DATABASE_URL cannot be read: %s. Write postgres://user:password@host:port/database?sslmode=require"
                                .formatted(e.getMessage()));
            }
        } else if (!isSet("quarkus.datasource.jdbc.url")) {
            faults.add(
                    "DATABASE_URL is missing. Set it to your PostgreSQL: postgres://user:password@host:port/database");
        }
        config.getOptionalValue(PasswordFile.SETTING, String.class).ifPresent(file -> {
            unreadable(PasswordFile.SETTING, file, faults);
        });
        return faults;
    }

    private boolean isSet(String name) {
        return config.getOptionalValue(name, String.class).isPresent();
    }

    private static void unreadable(String name, String file, List<String> faults) {
        try {
            SecretFiles.read(file);
        } catch (IOException | InvalidPathException e) {
            faults.add("%s cannot be read: %s. Set it to a file that holds the secret and nothing else"
                    .formatted(name, TrimValues.trim(file)));
        }
    }

    private static boolean isQuoted(String name, String value) {
        var trimmed = TrimValues.trim(value);
        return trimmed.length() > 1
                && QUOTED.matcher(trimmed).matches()
                && !MAY_BE_QUOTED.matcher(name).matches();
    }

    private static String instead(String setting) {
        var name = setting.toLowerCase(Locale.ROOT).replace('_', '-');
        return INSTEAD.entrySet().stream()
                .filter(known -> known.getKey().replace('.', '-').equals(name.replace('.', '-')))
                .findFirst()
                .map(known -> "set " + known.getValue() + " instead")
                .orElse("calls to models are set under drydock.model, see docs/models.md");
    }

    /** Names and values as a person wrote them: the packaged defaults are left out. */
    private Map<String, String> written() {
        var written = new LinkedHashMap<String, String>();
        for (var source : config.getConfigSources()) {
            if (!source.getName().contains("microprofile-config.properties")) {
                source.getProperties().forEach(written::putIfAbsent);
            }
        }
        return written;
    }
}
