package dev.drydock.connect;

import dev.drydock.agent.Window;
import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Reads messages from the folders of {@code drydock.folder.inbox} and the folders below them. The files are not moved. Hidden
 * files and unfinished copies ({@code .tmp}, {@code .part}, {@code ~}) are skipped.
 */
@Singleton
public class FolderSource {

    private static final Logger LOG = Logger.getLogger(FolderSource.class);

    /** Working on a message takes about ten times its size. */
    private static final int SHARE_OF_MEMORY = 32;

    private final DrydockConfig.Folder config;
    private final MessageReader reader;
    private final InstantSource clock;
    private final int maxBytes;

    private record InboxFile(Path folder, FileState state) {}

    FolderSource(DrydockConfig config, MessageReader reader, InstantSource clock) {
        this.config = config.folder();
        this.reader = reader;
        this.clock = clock;
        this.maxBytes =
                (int) Math.min(this.config.maxBytes(), Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
    }

    /**
     * The messages whose files changed in the window; in an agent's first window, all. Those that changed last come last.
     *
     * <p>A file that is still being written waits for the next cycle. A file that disappears is skipped. Each other file
     * becomes a message, with the reason if it is {@linkplain Message#unreadable unreadable}. A link that leads out of the
     * folder is not followed.
     *
     * @return an unmodifiable list that reads each file when it is iterated over, so that they need not fit into memory
     *     together. Return it as it is, or copy only what is small. If the folder disappears or the thread is
     *     interrupted meanwhile, it throws {@link UncheckedIOException}, and nothing is admitted
     * @throws IOException if a folder cannot be listed. A missing folder is created in an agent's first window; later it is
     *     an error, because it may be a network drive that is not mounted
     */
    public List<Message> read(Window window) throws IOException, InterruptedException {
        var files = new ArrayList<InboxFile>();
        for (var folder : config.inbox()) {
            if (window.first()) {
                Files.createDirectories(folder);
            }
            requireFolder(folder);
            for (var file : settled(changed(folder, window))) {
                files.add(new InboxFile(folder, file));
            }
        }
        files.sort(Comparator.comparing(file -> file.state().changed()));
        return new ReadOnDemand<>(files, this::message);
    }

    private List<FileState> changed(Path folder, Window window) throws IOException {
        var files = new ArrayList<FileState>();
        for (var path : MessageFiles.below(folder)) {
            FileState.of(path)
                    .filter(file -> window.first() || !file.changed().isBefore(window.from()))
                    .ifPresent(files::add);
        }
        return files;
    }

    /** Looks twice at files that changed just now, and leaves out those that still change. */
    private List<FileState> settled(List<FileState> files) throws InterruptedException {
        Instant quiet = clock.instant().minus(config.settle());
        if (files.stream().allMatch(file -> file.changed().isBefore(quiet))) {
            return files;
        }
        Thread.sleep(config.settle().toMillis());
        return files.stream()
                .filter(file -> file.changed().isBefore(quiet)
                        || FileState.of(file.path()).filter(file::equals).isPresent())
                .toList();
    }

    private Optional<Message> message(InboxFile file) {
        try {
            if (Thread.interrupted()) { // Java's own reading of files takes no notice
                throw new ClosedByInterruptException();
            }
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Message> read(InboxFile file) throws IOException {
        var path = file.state().path();
        var id = idOf(file.folder(), path);
        try {
            var target = MessageFiles.within(file.folder().toRealPath(), path);
            return target.isEmpty()
                    ? Optional.empty()
                    : Optional.of(reader.read(id, FileContent.read(target.get(), maxBytes)));
        } catch (NoSuchFileException e) {
            requireFolder(file.folder());
            LOG.infof("A file in the inbox disappeared before it was read; it is skipped");
            return Optional.empty();
        } catch (IOException e) {
            requireFolder(file.folder());
            LOG.warnf(
                    "Cannot read a file in the inbox (%s); its entry is marked as unreadable",
                    e.getClass().getSimpleName());
            var state = file.state();
            var unread =
                    new FileContent(new byte[0], state.size(), state.changed().toString());
            return Optional.of(new MessageDraft(id, unread)
                    .unreadable("the file cannot be read: " + e.getClass().getSimpleName()));
        }
    }

    /** A folder that has disappeared meanwhile is an outage: its files have not. */
    private static void requireFolder(Path folder) throws NoSuchFileException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such folder (DRYDOCK_FOLDER_INBOX)");
        }
    }

    /** The path below the folder. Where a name's bytes are no text in this locale, they are percent-encoded, to stay apart. */
    private static String idOf(Path folder, Path file) {
        var id = folder.relativize(file).toString().replace('\\', '/');
        return id.indexOf('\uFFFD') < 0
                ? id
                : file.toUri()
                        .getRawPath()
                        .substring(folder.toUri().getRawPath().length());
    }

    /**
     * A file's size and time of change.
     *
     * @param changed when its content, its name or its place last changed, whichever is latest: an old file that is moved
     *     into a folder is new there
     */
    private record FileState(Path path, long size, Instant changed) {

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
}
