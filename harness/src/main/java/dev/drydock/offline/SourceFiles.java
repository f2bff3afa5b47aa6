package dev.drydock.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;

/** The files below a folder, by their times of change. Used by one thread. */
final class SourceFiles {

    private final Path folder;
    private Map<Path, FileTime> known;

    SourceFiles(Path folder) {
        this.folder = folder;
        this.known = times();
    }

    /** Whether a file was changed, added or removed since the last call. */
    boolean haveChanged() {
        var now = times();
        var changed = !now.equals(known);
        known = now;
        return changed;
    }

    private Map<Path, FileTime> times() {
        var times = new TreeMap<Path, FileTime>();
        if (!Files.isDirectory(folder)) {
            return times;
        }
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        } catch (IOException | UncheckedIOException e) {
            return Map.of(); // a file was removed meanwhile: that is a change, too
        }
        return times;
    }
}
