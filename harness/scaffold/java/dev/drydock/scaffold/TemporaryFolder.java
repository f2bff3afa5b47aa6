package dev.drydock.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A temporary folder. It is deleted when it is closed, and when the process is stopped before that. */
record TemporaryFolder(Path path, Thread atExit) implements AutoCloseable {

    /** On the same file system as the target, so that one move puts the result in place. */
    static TemporaryFolder beside(Path target) throws IOException {
        var parent = target.getParent();
        if (parent == null) {
            throw new ScaffoldException("%s cannot be a project's folder: name another with --into", target);
        }
        return Files.isDirectory(parent) ? of(Files.createTempDirectory(parent, ".drydock-")) : beside(parent);
    }

    static TemporaryFolder anywhere() throws IOException {
        return of(Files.createTempDirectory("drydock-"));
    }

    private static TemporaryFolder of(Path path) {
        var atExit = new Thread(() -> remove(path));
        Runtime.getRuntime().addShutdownHook(atExit);
        return new TemporaryFolder(path.toAbsolutePath(), atExit);
    }

    /** The paths of all files below a folder, relative to it, with forward slashes, sorted; none if there is no such folder. */
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
            paths.sorted(Comparator.reverseOrder())
                    .forEach(each -> each.toFile().delete());
        } catch (IOException e) {
            System.err.println("drydock: cannot delete a temporary folder, please delete it: " + path);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        remove(path);
    }
}
