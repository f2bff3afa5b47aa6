package dev.drydock.offline;

import io.smallrye.config.ConfigSourceContext;
import java.util.Map;

/**
 * Something real that takes the place of what is not configured.
 *
 * <p>Found as a service, because Quarkus leaves unregistered services out of a native executable: so nothing
 * there leads to classes whose libraries are not in the package.
 */
interface StandIn {

    /** False if the user has named the real thing. */
    boolean isNeeded(ConfigSourceContext context);

    /**
     * Starts it where it does not run yet, or sees to it that it will be started.
     *
     * @param keep whether its data outlives the process, as in dev mode
     * @return the settings that lead to it
     */
    Map<String, String> settings(boolean keep);

    static boolean isUnset(ConfigSourceContext context, String name) {
        var value = context.getValue(name);
        return value == null || value.getValue() == null || value.getValue().isBlank();
    }
}
