package dev.drydock.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A temporary folder, gone when it is closed, and also when the program is stopped before that. */
record Folder(Path path, Thread atExit) implements AutoCloseable {

    /** Beside what is to come of it, or as near as there is a folder, so that one move puts it in place. */
    static Folder beside(Path target) throws IOException {
        var parent = target.getParent();
        if (parent == null) {
            throw new Refusal("%s is no place for a project", target);
        }
        return Files.isDirectory(parent) ? of(Files.createTempDirectory(parent, ".drydock-")) : beside(parent);
    }

    static Folder anywhere() throws IOException {
        return of(Files.createTempDirectory("drydock-"));
    }

    private static Folder of(Path path) {
        var atExit = new Thread(() -> remove(path));
        Runtime.getRuntime().addShutdownHook(atExit);
        return new Folder(path.toAbsolutePath(), atExit);
    }

    /** All files below, as paths from here with forward slashes, in order. */
    static List<String> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var paths = Files.walk(folder)) {
            return paths.filter(path -> !Files.isDirectory(path))
                    .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private static void remove(Path path) {
        try (var paths = Files.walk(path)) {
            paths.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
        } catch (IOException e) {
            System.err.println("drydock: left behind, please remove: " + path);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        remove(path);
    }
}
