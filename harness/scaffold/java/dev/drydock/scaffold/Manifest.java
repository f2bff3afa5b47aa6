package dev.drydock.scaffold;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What of Drydock goes into a project, and how: {@code harness/scaffold/manifest.txt}. */
record Manifest(Map<String, Manifest.Way> ways) {

    /** How a file goes along. */
    enum Way {
        /** As it is. */
        COPY,
        /** With the new agent in place of the reference agent. */
        FIT,
        /** The same, and with the project in place of the application called drydock. */
        NAME,
        /** Not at all. */
        STAY
    }

    static Manifest of(Path root) throws IOException {
        try (var lines = Files.lines(root.resolve("harness/scaffold/manifest.txt"))) {
            return new Manifest(lines.map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.split("\\s+"))
                    .collect(toMap(words -> words[1], words -> Way.valueOf(words[0].toUpperCase(Locale.ROOT)))));
        }
    }

    /** The way of the longest path in the manifest that the file stands at or below; what is not named stays. */
    Way of(String file) {
        return named(file).map(ways::get).orElse(Way.STAY);
    }

    /** The line of the manifest that decides about a file. */
    Optional<String> named(String file) {
        return ways.keySet().stream()
                .filter(path -> file.equals(path) || file.startsWith(path + "/"))
                .reduce((one, other) -> one.length() > other.length() ? one : other);
    }
}
