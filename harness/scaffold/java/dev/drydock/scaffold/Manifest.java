package dev.drydock.scaffold;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which files of Drydock a project gets, and where: {@code harness/scaffold/manifest.txt}. */
record Manifest(List<Manifest.Rule> rules) {

    /** What happens to a file on its way into a project. */
    enum Treatment {
        /** Copied byte for byte. */
        COPY,
        /** Copied with the new agent's names in place of the reference agent's. */
        AGENT,
        /** The same, and with the project's name in place of the application's. */
        PROJECT,
        /** Not copied. */
        EXCLUDE
    }

    /**
     * What the lines for one path say.
     *
     * @param path a file or folder of Drydock
     * @param targets the paths in a project that it is copied to
     */
    record Rule(Treatment treatment, String path, List<String> targets) {

        private static Rule parse(String line) {
            var words = List.of(line.split("\\s+"));
            var treatment = Treatment.valueOf(words.get(0).toUpperCase(Locale.ROOT));
            var target = words.get(words.size() - 1);
            return new Rule(treatment, words.get(1), treatment == Treatment.EXCLUDE ? List.of() : List.of(target));
        }

        private Rule and(Rule other) {
            var both = Stream.concat(targets.stream(), other.targets.stream()).toList();
            return new Rule(treatment, path, both);
        }

        private boolean covers(String file) {
            return file.equals(path) || file.startsWith(path + "/");
        }

        /** The paths in a project of a file or folder that this rule covers. */
        Stream<String> targetsOf(String file) {
            return targets.stream().map(target -> target + file.substring(path.length()));
        }
    }

    static Manifest of(Path root) throws IOException {
        try (var lines = Files.lines(root.resolve("harness/scaffold/manifest.txt"))) {
            return new Manifest(
                    List.copyOf(lines.map(line -> line.replaceFirst("#.*", "").strip())
                            .filter(line -> !line.isEmpty())
                            .map(Rule::parse)
                            .collect(toMap(Rule::path, rule -> rule, Rule::and))
                            .values()));
        }
    }

    /** The rule with the longest path that covers a file or folder. */
    Optional<Rule> ruleFor(String file) {
        return rules.stream()
                .filter(rule -> rule.covers(file))
                .max(comparingInt(rule -> rule.path().length()));
    }
}
