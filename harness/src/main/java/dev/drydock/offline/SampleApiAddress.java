package dev.drydock.offline;

import io.smallrye.config.ConfigSourceContext;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.Spliterators;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Where the stand-in will answer for APIs that have a folder of samples and no address, once it is started. */
public final class SampleApiAddress implements StandIn {

    private static final Pattern SAMPLES = Pattern.compile("drydock\\.http\\.([^.]+)\\.samples");

    private final Set<String> names = new TreeSet<>();

    @Override
    public boolean isNeeded(ConfigSourceContext context) {
        namesIn(context.iterateNames()).stream()
                .filter(name -> StandIn.isUnset(context, "drydock.http." + name + ".url"))
                .forEach(names::add);
        return !names.isEmpty();
    }

    @Override
    public Map<String, String> settings(boolean keep) {
        var settings = new HashMap<String, String>();
        for (var name : names) {
            var api = "drydock.http." + name;
            settings.put(api + ".url", url(name));
            settings.put(api + ".oauth.token-url", base() + "/token");
            settings.put(api + ".oauth.client-id", SampleApi.CLIENT);
            settings.put(api + ".oauth.client-secret", SampleApi.CLIENT);
        }
        return settings;
    }

    /** The APIs that have samples. */
    static Set<String> namesIn(Iterator<String> settings) {
        var names = new TreeSet<String>();
        StreamSupport.stream(Spliterators.spliteratorUnknownSize(settings, 0), false)
                .map(SAMPLES::matcher)
                .forEach(setting -> {
                    if (setting.matches()) {
                        names.add(setting.group(1));
                    }
                });
        return names;
    }

    static String url(String name) {
        return base() + "/" + name;
    }

    private static String base() {
        return "http://localhost:" + port();
    }

    /** Stays the same over restarts in one Java machine. */
    static int port() {
        return FreePort.of("sample-api");
    }
}
