package dev.drydock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of a few megabytes, to be filled. */
public final class SmallDisk implements AutoCloseable {

    private final Path folder;
    private final Path filler;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.filler = folder.resolve("filler");
    }

    /** Empty without root's rights, which mounting needs. */
    public static Optional<SmallDisk> mount() throws Exception {
        var folder = Files.createTempDirectory("small-disk-");
        return run("mount", "-t", "tmpfs", "-o", "size=4m,mode=777", "tmpfs", folder.toString()) == 0
                ? Optional.of(new SmallDisk(folder))
                : Optional.empty();
    }

    public Path folder() {
        return folder;
    }

    /** Takes all the space that is left. */
    public void fill() throws IOException {
        var block = new byte[8192];
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            // no space left
        }
    }

    /** Gives it back. */
    public void free() throws IOException {
        Files.delete(filler);
    }

    @Override
    public void close() throws Exception {
        run("umount", "-l", folder.toString());
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
