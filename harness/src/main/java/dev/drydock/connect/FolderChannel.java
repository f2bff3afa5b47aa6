package dev.drydock.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Receipt;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.PathSegment;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Delivers to the folder {@code drydock.folder.outbox}: one file for each key or name. */
@Singleton
public class FolderChannel {

    private final Path folder;
    private final ObjectMapper json;

    FolderChannel(DrydockConfig config, ObjectMapper json) {
        this.folder = config.folder().outbox();
        this.json = json;
    }

    /**
     * Writes a file atomically.
     *
     * @param ending the extension of the file's name, without a dot
     */
    public Receipt write(String text, String ending, DeliveryKey key) throws IOException {
        return store(key + "." + ending, text);
    }

    /**
     * Writes a record as JSON to a file of this name, atomically, and replaces an earlier one. In a native executable its type
     * must be registered for reflection, as the types in an agent's class are.
     *
     * @param name any characters; the file is always in this folder
     */
    public Receipt put(String name, Object content) throws IOException {
        return store(PathSegment.of(name) + ".json", json.writeValueAsString(content));
    }

    private Receipt store(String name, String text) throws IOException {
        Files.createDirectories(folder);
        var file = folder.resolve(name);
        var unfinished = folder.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(unfinished, text);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return new Receipt(file.toString());
    }
}
