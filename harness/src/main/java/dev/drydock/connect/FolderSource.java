package dev.drydock.connect;

import dev.drydock.agent.Window;
import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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

    private final DrydockConfig.Folder config;
    private final MessageReader reader;
    private final InstantSource clock;

    FolderSource(DrydockConfig config, MessageReader reader, InstantSource clock) {
        this.config = config.folder();
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * The messages whose files changed in the window; in an agent's first window, all.
     *
     * <p>A file that is still being written waits for the next cycle. A file that disappears is skipped. Each other file
     * becomes a message, with the reason if it is {@linkplain Message#unreadable unreadable}.
     *
     * @throws IOException if a folder cannot be listed. A missing folder is created in an agent's first window; later it is
     *     an error, because it may be a network drive that is not mounted
     */
    public List<Message> read(Window window) throws IOException, InterruptedException {
        var messages = new ArrayList<Message>();
        for (var folder : config.inbox()) {
            if (window.first()) {
                Files.createDirectories(folder);
            }
            for (var file : settled(changed(folder, window))) {
                message(folder, file).ifPresent(messages::add);
            }
        }
        return messages;
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

    private Optional<Message> message(Path folder, FileState file) {
        var id = idOf(folder, file.path());
        try {
            return Optional.of(reader.read(id, FileContent.read(file.path(), config.maxBytes())));
        } catch (NoSuchFileException e) {
            LOG.infof("A file in the inbox disappeared before it was read; it is skipped");
            return Optional.empty();
        } catch (IOException e) {
            LOG.warnf(
                    "Cannot read a file in the inbox (%s); its entry is marked as unreadable",
                    e.getClass().getSimpleName());
            var unread =
                    new FileContent(new byte[0], file.size(), file.changed().toString());
            return Optional.of(new MessageDraft(id, unread)
                    .unreadable("the file cannot be read: " + e.getClass().getSimpleName()));
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
}
