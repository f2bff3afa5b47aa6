package dev.drydock.config;

import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfig;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** The names of all settings, as properties and as environment variables. */
public final class SettingNames {

    /** How the environment variables begin that Drydock reads. */
    static final String PREFIXES = "DRYDOCK|QUARKUS|OPENAI|DATABASE|SLACK|ALERT|PAGERDUTY|OPSGENIE|HEALTHCHECKS"
            + "|BETTERSTACK|LANGSMITH|LANGFUSE|OTEL|IMAP|PUSH|OIDC|TEMPORAL";

    private static final Pattern OURS =
            Pattern.compile("drydock\\..+|(?:" + PREFIXES + ")_[A-Z0-9_]+|(HTTPS?_PROXY|NO_PROXY|SSL_CERT_FILE)");

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");

    /** A variable within a default, the innermost one, and what stands in for it. */
    private static final Pattern FALLBACK = Pattern.compile("\\$\\{\\w+:?([^{}]*)\\}");

    /** What Kubernetes and Docker add for a service named drydock. https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("DRYDOCK_.*SERVICE_(HOST|PORT)(_.*)?|DRYDOCK_(.*_)?PORT(_\\d+_(TCP|UDP|SCTP)(_.*)?)?");

    private final SmallRyeConfig config;
    private final Map<String, Pattern> variables = new LinkedHashMap<>();
    private final Map<String, String> defaults;

    /**
     * @param config settings without the mapping, which fails on the first pass over wrong values
     */
    public SettingNames(SmallRyeConfig config) {
        this.config = config;
        this.defaults = ConfigClass.configClass(DrydockConfig.class).getProperties();
        defaults.keySet().forEach(property -> variables.put(variable(property), pattern(property)));
        for (var name : config.getPropertyNames()) {
            var raw = config.getConfigValue(name).getValue();
            EXPRESSION.matcher(raw == null ? "" : raw).results().forEach(found -> {
                variables.put(found.group(1), Pattern.compile(Pattern.quote(found.group(1))));
            });
        }
    }

    /** Whether a setting is one that Drydock reads. */
    public static boolean isOurs(String name) {
        return OURS.matcher(name).matches();
    }

    /** The name that a person knows a property by: the variable or the property that was set, else the variable to set. */
    public String asSet(String property) {
        var setting = config.getConfigValue(property);
        var isSet = setting.getValue() != null;
        var variable = EXPRESSION.matcher(
                isSet ? String.valueOf(setting.getRawValue()) : String.valueOf(defaults.get(property)));
        if (variable.find()) {
            return variable.group(1);
        }
        return isSet && String.valueOf(setting.getSourceName()).startsWith("EnvConfigSource")
                ? variable(property)
                : property;
    }

    /** The value that a property has unless it is set; empty if it has none. */
    public String defaultOf(String property) {
        return defaults.entrySet().stream()
                .filter(known -> glob(known.getKey()).matcher(property).matches())
                .map(known -> known.getValue() == null ? "" : known.getValue())
                .map(SettingNames::withoutVariables)
                .findFirst()
                .orElse("");
    }

    private static String withoutVariables(String value) {
        var shorter = FALLBACK.matcher(value).replaceAll("$1");
        return shorter.equals(value) ? value : withoutVariables(shorter);
    }

    /** Variables that begin with {@code DRYDOCK_} and set nothing. */
    public Set<String> unknown() {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .map(ConfigSource::getPropertyNames)
                .flatMap(Set::stream)
                .filter(name -> name.matches("DRYDOCK_[A-Z0-9_]+"))
                .filter(name -> !isKnown(name) && !SERVICE_LINK.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isKnown(String variable) {
        var secret = SecretFiles.isFileOfSecret(variable) ? variable.replaceFirst("_FILE$", "") : variable;
        return variables.values().stream()
                .anyMatch(known -> known.matcher(secret).matches());
    }

    /** The variable that was probably meant: the one that differs in the fewest letters; empty where many do. */
    public Optional<String> nearest(String variable) {
        return variables.keySet().stream()
                .min(Comparator.comparingInt(known -> distance(known, variable)))
                .filter(known -> distance(known, variable) <= Math.max(2, variable.length() / 4));
    }

    private static String variable(String property) {
        return property.replace("[*]", "")
                .replace("*", "NAME")
                .replaceAll("[^A-Za-z0-9]", "_")
                .toUpperCase(Locale.ROOT);
    }

    private static Pattern glob(String property) {
        return Pattern.compile(property.replaceAll("[.\\[\\]\"]", "\\\\$0")
                .replace("\\[*\\]", "\\[\\d+\\]")
                .replace("*", ".+"));
    }

    /** https://smallrye.io/smallrye-config/Main/config/environment-variables/ */
    private static Pattern pattern(String property) {
        var name = property.replace("[*]", "").toUpperCase(Locale.ROOT);
        return Pattern.compile(name.replaceAll("[^A-Z0-9*]", "_").replace("*", ".+") + "(_\\d+_)?");
    }

    /** Levenshtein's: letters to insert, remove or replace. */
    static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int at = 0; at < row.length; at++) {
            row[at] = at;
        }
        for (int from = 1; from <= one.length(); from++) {
            var diagonal = row[0];
            row[0] = from;
            for (int to = 1; to < row.length; to++) {
                var replaced = diagonal + (one.charAt(from - 1) == other.charAt(to - 1) ? 0 : 1);
                diagonal = row[to];
                row[to] = Math.min(replaced, Math.min(row[to], row[to - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
