package dev.drydock.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;

/** What a project was made from, last: the committed file {@code .drydock-template.properties}. */
record Origin(String template, String project, String packageName, String source, String version, String commit) {

    static final String FILE = ".drydock-template.properties";

    private static final Pattern VERSION =
            Pattern.compile("<artifactId>drydock</artifactId>\\s*<version>([^<]*)</version>");

    /** Of a project that is made from what stands in a checkout of Drydock. */
    static Origin of(Git drydock, Path checkout, Names names, String template) throws IOException {
        var version = VERSION.matcher(Files.readString(checkout.resolve("pom.xml")));
        return new Origin(
                template,
                names.project(),
                names.packageName(),
                source(drydock),
                version.find() ? version.group(1) : "unknown",
                drydock.tell("rev-parse", "HEAD"));
    }

    /** Where the clone comes from, without a password; else where it is. */
    private static String source(Git drydock) {
        var origin = drydock.ask("remote", "get-url", "origin")
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
        return new Origin(
                value(properties, "template"),
                value(properties, "name"),
                value(properties, "package"),
                value(properties, "source"),
                value(properties, "version"),
                value(properties, "commit"));
    }

    private static String value(Properties properties, String key) {
        var value = properties.getProperty(key);
        if (value == null) {
            throw new Refusal("%s lacks \"%s\": take it from the file's history", FILE, key);
        }
        return value;
    }

    void write(Path project) throws IOException {
        Files.writeString(
                project.resolve(FILE),
                """
                # What this project was made from: ./drydock upgrade reads it and brings it up to date.
                template=%s
                name=%s
                package=%s
                source=%s
                version=%s
                commit=%s
                """
                        .formatted(template, project(), packageName, source.replace("\\", "\\\\"), version, commit));
    }

    /** The line by which a commit that holds nothing but what was rendered is known again. */
    static String trailer(String commit, String tree) {
        return "Drydock-Rendering: %s %s".formatted(commit, tree);
    }
}
