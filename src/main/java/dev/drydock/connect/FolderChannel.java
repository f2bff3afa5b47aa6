package dev.drydock.connect;

import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Receipt;
import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Delivers to the folder {@code drydock.folder.outbox}: one file for each key, so that a second delivery adds none. */
@Singleton
public class FolderChannel {

    private final Path folder;

    FolderChannel(DrydockConfig config) {
        this.folder = config.folder().outbox();
    }

    /**
     * Writes a file, whole or not at all.
     *
     * @param ending of the file's name, without a dot
     */
    public Receipt write(String text, String ending, DeliveryKey key) throws IOException {
        Files.createDirectories(folder);
        var file = folder.resolve(key + "." + ending);
        var unfinished = folder.resolve("." + key + "-" + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(unfinished, text);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return new Receipt(file.toString());
    }
}
