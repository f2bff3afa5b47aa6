package dev.drydock.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An agent to begin with: files to copy to a project's root, and settings. See {@code templates/agents/README.md}.
 *
 * @param files each file's source, by its path below a project's root
 * @param moves new paths by old paths, for files that a project has elsewhere; texts name the old ones
 */
record AgentTemplate(
        String name, String description, SortedMap<String, Path> files, Map<String, String> moves, String settings) {

    /** The folder of the templates in a project. */
    static final String IN_A_PROJECT = "harness/templates/agents";

    private static final Set<String> ABOUT = Set.of("template.properties", "settings.properties");

    static AgentTemplate named(String name, Path root) throws IOException {
        var folder = folder(root).resolve(name);
        if (!name.matches("[a-z][a-z0-9]*") || !Files.exists(folder.resolve("template.properties"))) {
            throw new ScaffoldException(
                    "there is no template \"%s\"; there are:%n%s",
                    name, list(root).stripTrailing());
        }
        var about = properties(folder.resolve("template.properties"));
        var files = new TreeMap<String, Path>();
        var moves = new TreeMap<String, String>();
        for (var file : TemporaryFolder.files(folder)) {
            files.put(file, folder.resolve(file));
        }
        for (var entry : listed(about, "files")) {
            var from = entry.replaceFirst(":.*", "");
            var to = entry.replaceFirst(".*:", "");
            if (!from.equals(to)) {
                moves.put(from, to);
            }
            gather(root, from, to, files);
        }
        files.keySet().removeAll(ABOUT);
        files.keySet().removeAll(listed(about, "without"));
        var settings = folder.resolve("settings.properties");
        return new AgentTemplate(
                name,
                about.getProperty("description", ""),
                files,
                moves,
                Files.exists(settings) ? Files.readString(settings) : "");
    }

    private static List<String> listed(Properties about, String key) {
        return List.of(about.getProperty(key, "").split("[\\s,]+"));
    }

    private static void gather(Path root, String from, String to, SortedMap<String, Path> files) throws IOException {
        if (Files.isRegularFile(root.resolve(from)) && !from.isEmpty()) {
            files.put(to, root.resolve(from));
        } else if (!from.isEmpty()) {
            TemporaryFolder.files(root.resolve(from))
                    .forEach(file ->
                            files.put(to + "/" + file, root.resolve(from).resolve(file)));
        }
    }

    static List<String> names(Path root) throws IOException {
        try (var folders = Files.list(folder(root))) {
            return folders.filter(folder -> Files.exists(folder.resolve("template.properties")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** A line for each template: its name and what it is. */
    static String list(Path root) throws IOException {
        var lines = new StringBuilder();
        for (var name : names(root)) {
            var about = properties(folder(root).resolve(name).resolve("template.properties"));
            lines.append("  %-9s %s%n".formatted(name, about.getProperty("description", "")));
        }
        return lines.toString();
    }

    private static Properties properties(Path file) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties;
    }

    private static Path folder(Path root) {
        return root.resolve(Origin.isIn(root) ? IN_A_PROJECT : "templates/agents");
    }

    /** Its files under the agent's names. Samples and cases are not changed. */
    SortedMap<String, byte[]> called(Names names) throws IOException {
        var renaming = Renaming.ofTemplate(name, types(), names);
        var renamed = new TreeMap<String, byte[]>();
        for (var file : files.keySet()) {
            var content = content(file);
            renamed.put(renaming.path(file), isData(file) ? content : Renaming.text(content, renaming::text));
        }
        return renamed;
    }

    String settings(Names names) {
        return Renaming.ofTemplate(name, types(), names).text(settings);
    }

    /** A file's content, with the new paths of files that a project has elsewhere. */
    byte[] content(String file) throws IOException {
        var content = Files.readAllBytes(files.get(file));
        return isData(file) ? content : Renaming.text(content, this::moved);
    }

    private String moved(String text) {
        var moved = text;
        for (var move : moves.entrySet()) {
            moved = moved.replace(move.getKey(), move.getValue());
        }
        return moved;
    }

    private static boolean isData(String file) {
        return file.startsWith("samples/") || file.endsWith("/cases.jsonl");
    }

    private Set<String> types() {
        return files.keySet().stream()
                .flatMap(file -> Stream.of(file.replaceFirst(".*/", "")))
                .filter(file -> file.startsWith(Names.capitalized(name)) && file.endsWith(".java"))
                .map(file -> file.replace(".java", ""))
                .collect(Collectors.toSet());
    }
}
