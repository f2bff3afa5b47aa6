package dev.drydock.console;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.SettingConstraints;
import dev.drydock.config.SettingNames;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The values of all settings, and a line for each that is wrong, by the name that was set. No line quotes a value that may be a secret.
 *
 * @param settings with the default in place of each wrong value; empty if they cannot be read even so
 */
record SettingValues(Optional<DrydockConfig> settings, List<String> faults) {

    /** How SmallRye Config reports a value that a converter refused, and one that is missing. */
    private static final Pattern REFUSED = Pattern.compile(
            "(?s).*The config property (\\S+) with the config value \".*\" threw an Exception whilst being converted (?:SRCFG\\d+: )?(.*)");

    private static final Pattern MISSING = Pattern.compile("(?s)The config property (\\S+) (?:is|with) .*");
    private static final Pattern UNKNOWN_OR_VIOLATED = Pattern.compile("(?s)(drydock\\.\\S+) (.*)");

    /** All settings that are required and have no default take it. */
    private static final String ADDRESS = "https://localhost";

    private record Fault(String property, String text) {}

    /**
     * Settings can be read only where all values can be converted, so wrong values are replaced by defaults until they can.
     *
     * @param builder of the settings without their mapping; called for each reading
     */
    static SettingValues read(Supplier<SmallRyeConfigBuilder> builder, SettingNames names) {
        var values = new HashMap<String, String>();
        var faults = new ArrayList<String>();
        while (true) {
            try {
                var settings = builder.get()
                        .withSources(new PropertiesConfigSource(values, "defaults", Integer.MAX_VALUE))
                        .withValidateUnknown(faults.isEmpty()) // once
                        .withCustomizers(new SettingConstraints())
                        .withMapping(DrydockConfig.class)
                        .build()
                        .getConfigMapping(DrydockConfig.class);
                return new SettingValues(Optional.of(settings), faults);
            } catch (ConfigValidationException e) {
                if (!replace(read(e, names), values, faults, names)) {
                    return new SettingValues(Optional.empty(), faults);
                }
            }
        }
    }

    /** Whether any value was replaced. What is wrong with a value that was replaced before is no fault of the settings. */
    private static boolean replace(
            Stream<Fault> found, Map<String, String> values, List<String> faults, SettingNames names) {
        var replaced = new ArrayList<String>();
        found.forEach(fault -> {
            var before = values.get(fault.property());
            var value = before == null ? names.defaultOf(fault.property()) : ADDRESS;
            if (before == null) {
                faults.add(fault.text());
            }
            if (!value.equals(values.put(fault.property(), value))) {
                replaced.add(value);
            }
        });
        return !replaced.isEmpty();
    }

    /** A line for each fault of one reading. */
    static List<String> faults(ConfigValidationException found, SettingNames names) {
        return read(found, names).map(Fault::text).toList();
    }

    private static Stream<Fault> read(ConfigValidationException found, SettingNames names) {
        return IntStream.range(0, found.getProblemCount())
                .mapToObj(at -> fault(found.getProblem(at).getMessage(), names))
                .distinct();
    }

    private static Fault fault(String message, SettingNames names) {
        var refused = REFUSED.matcher(message);
        if (refused.matches()) {
            var reason = refused.group(2);
            var name = names.asSet(refused.group(1));
            return new Fault(refused.group(1), name + (reason.startsWith("is ") ? " " : ": ") + reason);
        }
        var plain = message.replaceFirst("^(?:[\\w.]+Exception: )?SRCFG\\d+: ", "");
        var violated = UNKNOWN_OR_VIOLATED.matcher(plain);
        if (violated.matches()) {
            return new Fault(violated.group(1), names.asSet(violated.group(1)) + " " + violated.group(2));
        }
        var missing = MISSING.matcher(plain);
        return new Fault(missing.matches() ? missing.group(1) : plain, plain);
    }
}
