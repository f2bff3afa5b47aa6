package dev.drydock.config;

import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The effective settings of this process, and where each comes from. No secret is part of it. */
public final class ListSettings {

    /**
     * One setting.
     *
     * @param name as it was set, or as it can be: a variable or a property
     * @param value masked if it may be a secret; null if it is not set
     * @param source where it was set, for people
     * @param isSet whether somebody set it; if not, the value is the default
     */
    public record Setting(
            String name, String property, @Nullable String value, String source, boolean isSet) {}

    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(token|secret|password|credential|webhook[-_]url|(^|[._-])key|headers|ping-url|heartbeat-url).*");

    private static final Pattern NO_SECRET = Pattern.compile("(?i).*(tokens|token-url|_file|-file)$");

    /** A password or a key in an address. */
    private static final Pattern IN_ADDRESS = Pattern.compile("(?<=://)[^/@\\s]+@|(?<=[?&])[^=&\\s]+=[^&\\s]+");

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");
    private static final Pattern NUMBERS_OF_MODELS = Pattern.compile("drydock\\.models\\..*");

    private ListSettings() {}

    /** In the order of their properties; without the prices and limits of models, which are a table of their own. */
    public static List<Setting> of(SmallRyeConfig config) {
        var names = new SettingNames(config);
        var properties = new TreeSet<String>();
        ConfigClass.configClass(DrydockConfig.class).getProperties().keySet().stream()
                .filter(property -> !property.contains("*"))
                .forEach(properties::add);
        config.getPropertyNames().forEach(name -> {
            if (name.startsWith("drydock.")) {
                properties.add(name);
            }
        });
        var settings = new ArrayList<Setting>();
        for (var property : properties) {
            if (!NUMBERS_OF_MODELS.matcher(property).matches()) {
                settings.add(setting(config, property, names.asSet(property)));
            }
        }
        return settings;
    }

    private static Setting setting(SmallRyeConfig config, String property, String name) {
        var found = config.getConfigValue(property);
        var origin = origin(config, found);
        var source = String.valueOf(origin.getSourceName());
        var value = found.getValue();
        return new Setting(
                name,
                property,
                value == null || value.isEmpty() ? null : masked(property + " " + name, value),
                value == null || value.isEmpty() ? "not set" : words(source, name),
                value != null && !isDefault(source));
    }

    /** A packaged file may only say which variable has the value. */
    private static ConfigValue origin(SmallRyeConfig config, ConfigValue found) {
        var variable = EXPRESSION.matcher(String.valueOf(found.getRawValue()));
        if (variable.find()) {
            var set = config.getConfigValue(variable.group(1));
            return set.getValue() == null || set.getValue().isEmpty() ? found : set;
        }
        return found;
    }

    private static boolean isDefault(String source) {
        return source.equals("null")
                || source.toLowerCase(Locale.ROOT).contains("default")
                || source.contains("microprofile-config.properties");
    }

    private static String words(String source, String name) {
        if (isDefault(source)) {
            return "default";
        }
        if (source.startsWith("EnvConfigSource") || source.contains("Environment")) {
            return SecretFiles.isFileOfSecret(name + "_FILE") && System.getenv(name) == null
                    ? "the file that %s_FILE names".formatted(name)
                    : "environment variable";
        }
        if (source.startsWith("SysPropConfigSource")) {
            return "system property";
        }
        if (source.contains("stand-ins")) {
            return "stand-in of dev mode and tests";
        }
        return source.contains(".env")
                ? "file .env"
                : source.contains("config/application.properties")
                        ? "config/application.properties"
                        : source.contains("application.properties") ? "application.properties" : source;
    }

    private static String masked(String names, String value) {
        var isSecret = names.lines()
                .flatMap(line -> List.of(line.split(" ", -1)).stream())
                .anyMatch(name -> SECRET.matcher(name).matches()
                        && !NO_SECRET.matcher(name).matches());
        return isSecret
                ? "masked (%d characters)".formatted(value.length())
                : IN_ADDRESS.matcher(value).replaceAll("***");
    }
}
