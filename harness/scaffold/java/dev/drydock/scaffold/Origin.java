package dev.drydock.scaffold;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a project was last made from: the committed file {@code .drydock-template.properties}.
 *
 * @param overlays those that it was made with, as in {@link ProjectLayout#overlays}
 */
record Origin(
        String template,
        String project,
        String packageName,
        Set<String> overlays,
        String source,
        String version,
        String commit) {

    static final String FILE = ".drydock-template.properties";

    private static final Pattern VERSION =
            Pattern.compile("<artifactId>drydock-harness</artifactId>\\s*<version>([^<]*)</version>");

    /** Of a project that is made from the commit that is checked out in a clone of Drydock. */
    static Origin of(Git drydock, Path checkout, Names names, String template, Set<String> overlays)
            throws IOException {
        var version = VERSION.matcher(Files.readString(checkout.resolve("harness/pom.xml")));
        return new Origin(
                template,
                names.project(),
                names.packageName(),
                overlays,
                source(drydock),
                version.find() ? version.group(1) : "unknown",
                drydock.output("rev-parse", "HEAD"));
    }

    /** The clone's remote, without a password; else the clone's folder. */
    private static String source(Git drydock) {
        var origin = drydock.query("remote", "get-url", "origin")
                .orElse(drydock.folder().toString())
                .replaceFirst("^(https?://)[^/@]*@", "$1");
        var folder = drydock.folder().resolve(origin.contains("://") ? "." : origin);
        return Files.isDirectory(folder) && !origin.contains("://")
                ? folder.toAbsolutePath().normalize().toString()
                : origin;
    }

    static boolean isIn(Path project) {
        return Files.exists(project.resolve(FILE));
    }

    static Origin read(Path project) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(project.resolve(FILE))) {
            properties.load(in);
        }
        var overlays = new TreeSet<String>();
        for (var kind : ProjectLayout.KINDS) {
            overlays.addAll(ProjectLayout.overlays(kind, properties.getProperty(kind, "")));
        }
        return new Origin(
                value(properties, "template"),
                value(properties, "name"),
                value(properties, "package"),
                overlays,
                value(properties, "source"),
                value(properties, "version"),
                value(properties, "commit"));
    }

    private static String value(Properties properties, String key) {
        var value = properties.getProperty(key);
        if (value == null) {
            throw new ScaffoldException("%s lacks \"%s\": restore it from the file's history", FILE, key);
        }
        return value;
    }

    void write(Path project) throws IOException {
        Files.writeString(project.resolve(FILE), """
                # What this project was made from: ./drydock upgrade reads it and brings it up to date.
                template=%s
                name=%s
                package=%s
                deploy=%s
                ci=%s
                source=%s
                version=%s
                commit=%s
                """.formatted(
                        template,
                        project(),
                        packageName,
                        names("deploy"),
                        names("ci"),
                        source.replace("\\", "\\\\"),
                        version,
                        commit));
    }

    /** The arguments of {@code new} that make the same project. */
    Stream<String> options() {
        var names = Stream.of("--template", template, "--package", packageName);
        var chosen = ProjectLayout.KINDS.stream()
                .filter(kind -> !names(kind).isEmpty())
                .flatMap(kind -> Stream.of("--" + kind, names(kind)));
        return Stream.concat(names, chosen);
    }

    private String names(String kind) {
        return overlays.stream()
                .filter(overlay -> overlay.startsWith(kind + "/"))
                .map(overlay -> overlay.substring(kind.length() + 1))
                .collect(joining(","));
    }

    /** The line of a commit's message that marks a commit with nothing but a rendering. */
    static String trailer(String commit, String tree) {
        return "Drydock-Rendering: %s %s".formatted(commit, tree);
    }
}
