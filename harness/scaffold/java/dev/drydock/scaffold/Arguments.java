package dev.drydock.scaffold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A parsed command line. */
record Arguments(List<String> words, Map<String, String> options) {

    /**
     * Takes {@code --option VALUE} and {@code --option=VALUE}.
     *
     * @param valued the options that need a value
     * @param switches those that take none
     */
    static Arguments parse(List<String> given, Set<String> valued, Set<String> switches) {
        var words = new ArrayList<String>();
        var options = new HashMap<String, String>();
        for (var rest = given.iterator(); rest.hasNext(); ) {
            var argument = rest.next();
            var name = argument.replaceFirst("=.*", "");
            if (!argument.startsWith("-")) {
                words.add(argument);
            } else if (switches.contains(argument)) {
                options.put(argument, "");
            } else if (valued.contains(name) && argument.length() > name.length()) {
                options.put(name, argument.substring(name.length() + 1));
            } else if (valued.contains(name) && rest.hasNext()) {
                options.put(name, rest.next());
            } else {
                throw new ScaffoldException(
                        valued.contains(name) ? "%s needs a value; see --help" : "there is no option %s; see --help",
                        argument);
            }
        }
        return new Arguments(words, options);
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option));
    }
}
