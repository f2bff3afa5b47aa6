package dev.drydock.connect;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Finds files that may contain messages. Skips what cannot be listed, such as a folder without permission or a circular link. */
final class MessageFiles extends SimpleFileVisitor<Path> {

    private static final Logger LOG = Logger.getLogger(MessageFiles.class);
    private static final Pattern PASSED_OVER = Pattern.compile("\\..*|.*(\\.tmp|\\.part|\\.crdownload|\\.swp|~)");

    private final Path folder;
    private final List<Path> files = new ArrayList<>();

    private MessageFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * All of them, by name.
     *
     * @throws IOException if the folder itself cannot be listed
     */
    static List<Path> below(Path folder) throws IOException {
        var found = new MessageFiles(folder);
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, found);
        Collections.sort(found.files);
        return found.files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
        return isPassedOver(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && !isPassedOver(path)) {
            files.add(path);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException fault) throws IOException {
        if (path.equals(folder)) {
            throw fault;
        }
        LOG.warnf(
                "Cannot list a folder in the inbox (%s); the other folders are read",
                fault.getClass().getSimpleName());
        return FileVisitResult.CONTINUE;
    }

    private boolean isPassedOver(Path path) {
        return !path.equals(folder)
                && PASSED_OVER.matcher(path.getFileName().toString()).matches();
    }
}
