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
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Finds files that may contain messages. Skips what cannot be listed, such as a folder without permission or a circular link,
 * and links that lead out of the folder: what is readable there may be nobody's message.
 */
final class MessageFiles extends SimpleFileVisitor<Path> {

    private static final Logger LOG = Logger.getLogger(MessageFiles.class);
    private static final Pattern PASSED_OVER = Pattern.compile("\\..*|.*(\\.tmp|\\.part|\\.crdownload|\\.swp|~)");

    private final Path folder;
    private final Path root;
    private final List<Path> files = new ArrayList<>();
    private int outside;

    private MessageFiles(Path folder) throws IOException {
        this.folder = folder;
        this.root = folder.toRealPath();
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
        if (found.outside > 0) {
            LOG.warnf("Links in the inbox that lead out of it are not followed: %d", found.outside);
        }
        return found.files;
    }

    /**
     * Where a path really leads, past all links; empty if that is not below the folder.
     *
     * @param root the folder, without links
     */
    static Optional<Path> within(Path root, Path path) throws IOException {
        return Optional.of(path.toRealPath()).filter(target -> target.startsWith(root));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
        return isPassedOver(path) || leadsOut(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && !isPassedOver(path) && !leadsOut(path)) {
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

    private boolean leadsOut(Path path) {
        try {
            if (within(root, path).isPresent()) {
                return false;
            }
            outside++;
        } catch (IOException e) {
            // it disappeared
        }
        return true;
    }

    private boolean isPassedOver(Path path) {
        return !path.equals(folder)
                && PASSED_OVER.matcher(path.getFileName().toString()).matches();
    }
}
