package dev.drydock.config;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Removes white space at both ends of every setting: keys and addresses are pasted, and a file or a platform's secret ends
 * with a newline. No-break spaces, zero-width spaces and byte order marks count as white space.
 */
@Priority(Priorities.LIBRARY) // before expressions and profiles, so that it sees what they result in
public final class TrimValues implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1;

    private static final Pattern ENDS = Pattern.compile("^[\\s\\p{Z}\\u200B\\uFEFF]+|[\\s\\p{Z}\\u200B\\uFEFF]++$");

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        var setting = context.proceed(name);
        if (setting == null || setting.getValue() == null) {
            return setting;
        }
        var trimmed = trim(setting.getValue());
        return trimmed.length() == setting.getValue().length() ? setting : setting.withValue(trimmed);
    }

    /** The text without white space at its ends. */
    public static String trim(String text) {
        return ENDS.matcher(text).replaceAll("");
    }
}
