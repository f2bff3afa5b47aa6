package dev.drydock.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/**
 * A file's size and time of change.
 *
 * @param changed when its content, its name or its place last changed, whichever is latest: an old file that is moved
 *     into a folder is new there
 */
record FileState(Path path, long size, Instant changed) {

    /** Empty if the file no longer exists. */
    static Optional<FileState> of(Path path) {
        try {
            var modified = Files.getLastModifiedTime(path).toInstant();
            var status = statusChange(path).orElse(modified);
            return Optional.of(new FileState(path, Files.size(path), status.isAfter(modified) ? status : modified));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The inode's time of change, on file systems that have it. */
    private static Optional<Instant> statusChange(Path path) throws IOException {
        try {
            return Optional.of(((FileTime) Files.getAttribute(path, "unix:ctime")).toInstant());
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
